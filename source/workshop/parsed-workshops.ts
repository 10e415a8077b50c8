/**
 * The shipped workshops as the build read them: JSON by the hash of their texts. A start need not read them again
 * then. Empty in the sources; `test/tools/build.js` fills it in.
 */
export const parsedWorkshops: Record<string, string> = {};
