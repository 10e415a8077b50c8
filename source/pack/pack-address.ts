/** Whether `--pack` names an address, not a folder. */
export const isPackAddress = (text: string): boolean => /^https?:\/\//i.test(text);
