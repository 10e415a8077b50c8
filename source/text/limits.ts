/** Characters of an ID in a workshop: a class, and file systems, take no more. */
export const maxIdLength = 64;
