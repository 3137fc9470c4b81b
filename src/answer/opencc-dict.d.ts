declare module 'opencc-js/dict/TSCharacters' {
  /** `萬 万|與 与|…`, the usual form first. */
  const dictionary: string;
  export default dictionary;
}
