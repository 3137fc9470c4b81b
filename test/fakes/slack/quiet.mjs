// A logger for Slack's own libraries: what they complain about is what the tests are after.
const none = () => {};
export const quiet = { debug: none, info: none, warn: none, error: none, setLevel: none, getLevel: () => 'error', setName: none };
