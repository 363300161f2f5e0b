/** Whether a browser that is told to load it from elsewhere may: paths are those of the player's site, not of this one. */
export const isPicture = (url: string): boolean => /^https:\/\//i.test(url);
