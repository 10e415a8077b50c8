/**
 * The shipped workshops, parsed by the build, so that the program starts faster: JSON by the hash of their texts. Empty
 * in the sources; `test/tools/build.js` fills it in.
 */
export const parsedWorkshops: Record<string, string> = {};

/**
 * The hash of each shipped workshop by its ID: those of the build, so that a program that is a single file recognizes
 * them. Empty in the sources, like the above.
 */
export const shippedHashes: Record<string, string> = {};
