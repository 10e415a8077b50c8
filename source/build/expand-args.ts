/**
 * Fills `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}` (also without colon) as a `FROM` line does. An
 * unknown name gives nothing.
 */
export const expandArgs = (text: string, args: ReadonlyMap<string, string>): string =>
	text.replace(
		/\$(?:(\w+)|\{(\w+)(?:(:?)([-+])([^}]*))?\})/g,
		(_, short?: string, long?: string, colon?: string, sign?: string, word = '') => {
			const value = args.get(short ?? long ?? '');
			const isSet = value !== undefined && (value !== '' || colon === '');
			if (sign === '-') return isSet ? (value ?? '') : expandArgs(word, args);
			if (sign === '+') return isSet ? expandArgs(word, args) : '';
			return value ?? '';
		},
	);
