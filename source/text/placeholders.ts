/**
 * The placeholders of a command. A placeholder is the name of a captured value in braces, without spaces: `{{name}}`.
 * All other braces are text, as in the templates of `--format`: `{{.Names}}`, `{{json .}}`, `{{end}}`. Template text that
 * looks like a placeholder has a space after the braces, which means the same to a template: `{{ name }}`.
 */

/** Words of Go's template language that stand alone in braces. A captured value can't have such a name. */
const templateWords = ['break', 'continue', 'else', 'end'];

const pattern = new RegExp(
	`\\{\\{((?!(?:${templateWords.join('|')})\\}\\})[a-z0-9]+(?:-[a-z0-9]+)*)\\}\\}`,
	'g',
);

export const isTemplateWord = (name: string): boolean => templateWords.includes(name);

/** The names of a text's placeholders, in order, with repetitions. */
export const listPlaceholders = (text: string): string[] =>
	[...text.matchAll(pattern)].map(([, name = '']) => name);

/** Replaces each placeholder with what `replace` returns for its name. */
export const replacePlaceholders = (text: string, replace: (name: string) => string): string =>
	text.replace(pattern, (_, name: string) => replace(name));

/** The pieces of a text around its placeholders: one more than it has placeholders. */
export const splitAtPlaceholders = (text: string): string[] =>
	replacePlaceholders(text, () => '\0').split('\0');

/**
 * The braces that were probably meant to be a placeholder: unclosed ones, those around a word that no value can have as
 * its name, `{{?}}`, and those around the name of a value (one of `names`) and spaces.
 */
export const findStrayBraces = (text: string, names: ReadonlySet<string>): string[] =>
	[...text.matchAll(/\{\{[^}]*\}*/g)].flatMap(([written]) => {
		if (listPlaceholders(written).length > 0) return [];
		const [, inner] = /^\{\{([^}]*)\}\}\}*$/.exec(written) ?? [];
		const isText =
			inner !== undefined &&
			!names.has(inner.trim()) &&
			(isTemplateWord(inner) || !/^(?:[\w-]*|\?)$/.test(inner));
		return isText ? [] : [written];
	});
