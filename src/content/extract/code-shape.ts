// What can be a keyword: short, no phrase, no placeholder.

export const LONGEST_CODE = 24;
const PLACEHOLDER =
  /^想|^可.{0,12}的|^要.{0,12}的|标题|名称|姓名|手机号|你的|您的|邮箱|昵称|编号$|序号|x{2,}|某|任意|以下|下列|\.{3}|…|https?:|www\.|@|^(?:关键[词字]|口令|暗号|keyword|code|数字|文字|消息|内容)$/i;
const PROSE_SIGN = /[，。！？；、,!?;：:\n|<>{}]/;
const NOT_A_CODE = /^[\s\p{P}\p{S}]+$|^\d{1,2}[.、)]\s/u;
/** Typed into a terminal: an option, a path, a script, a variable. */
const COMMAND =
  /\s-{1,2}[a-z]|^--?[a-z]|^[~.]{0,2}\/|\\|\/[^/]*\/|\.(?:sh|bash|bat|cmd|ps1|out|log|py|exe|jar|conf|cfg|ini|ya?ml|json|xml|toml|txt|sql|class)$|[$=]|^(?:sudo|npm|npx|yarn|pip3?|git|docker|kubectl|curl|wget|cd|ls|apt|brew|go run|java -)\s/i;

/** A phrase is no keyword: it has signs of a sentence, says what to fill in, or is too long. */
export function isCode(code: string): boolean {
  return (
    code.length > 0 &&
    code.length <= LONGEST_CODE &&
    !PROSE_SIGN.test(code) &&
    !PLACEHOLDER.test(code) &&
    !NOT_A_CODE.test(code) &&
    !COMMAND.test(code) &&
    isShort(code)
  );
}

/** Twelve signs of Chinese are a clause; Latin words may be longer. */
function isShort(code: string): boolean {
  const han = code.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han <= 12 && code.split(/\s+/).length <= 4;
}
