/** Whether the locale of an environment is UTF-8; Windows has no such variables. */
export const isUtf8 = (environment: Record<string, string | undefined>): boolean => {
	const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
	return /utf-?8/i.test(locale);
};
