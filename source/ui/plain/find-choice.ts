/** What was typed at a list of choices: a number, the key of the screen, or the first letters; nothing is the first. */
export const findChoice = <Given extends {key: string; label: string}>(
	choices: Given[],
	typed: string,
): {choice: Given} | {problem: string} => {
	const wanted = typed.trim().toLowerCase();
	const meant = choices.filter(({label}) => label.toLowerCase().startsWith(wanted));
	const choice =
		wanted === ''
			? choices[0]
			: (choices[Number(wanted) - 1] ??
				choices.find(({key, label}) => key === wanted || label.toLowerCase() === wanted));
	if (choice) return {choice};
	const [only, ...others] = meant;
	if (only && others.length === 0) return {choice: only};
	return {
		problem: only
			? `“${typed.trim()}” may be ${meant.map(({label}) => `“${label}”`).join(' or ')}: type one letter more, or a number.`
			: `“${typed.trim()}” is none of the choices.`,
	};
};
