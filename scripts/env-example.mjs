#!/usr/bin/env node
// Writes .env.example from the declared settings; a test keeps it equal.
import { writeFileSync } from 'node:fs';
import { loadAdapters } from '../dist/src/adapters.js';
import { envExample } from '../dist/src/config/env-example.js';

const { modules } = await loadAdapters([], '.');
writeFileSync(new URL('../.env.example', import.meta.url), envExample(modules));
