/** Style sheets are built in as their text, without what only people need. */
declare module '*.css' {
  const text: string;
  export default text;
}
