export default class ScriptedPuppet {
  constructor(options?: { token?: string; script?: (puppet: import('./wechat.js').Puppet) => void });
}
