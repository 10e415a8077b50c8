/**
 * The shipped workshops, parsed by the build, so that the program starts faster: JSON by the hash of their texts. Empty
 * in the sources; `test/tools/build.js` fills it in.
 */
export const parsedWorkshops: Record<string, string> = {};
