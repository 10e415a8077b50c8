import type {Workshop} from '../../source/workshop/model.js';

/** The same workshop with all that an author writes for people in Cyrillic letters: what is Latin then is not theirs. */
export const foreignWorkshop = (workshop: Workshop): Workshop => translate(workshop) as Workshop;

/** What an author writes for people, by its name in the model. */
const prose = new Set(['title', 'hint', 'label', 'otherwise', 'resolves', 'says']);

const translate = (value: unknown): unknown => {
	if (Array.isArray(value)) return value.map(translate);
	if (typeof value !== 'object' || value === null) return value;
	const isText = 'type' in value && value.type === 'text';
	return Object.fromEntries(
		Object.entries(value).map(([key, one]) => [
			key,
			typeof one === 'string' && (prose.has(key) || (isText && key === 'value'))
				? translateText(one)
				: translate(one),
		]),
	);
};

/** Without what is filled in later and what is typed. */
const translateText = (text: string): string =>
	text
		.split(/(\{\{[^}]*\}\}|`[^`]*`|\[!\w+\])/)
		.map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[A-Za-z]/g, translateLetter)))
		.join('');

const translateLetter = (letter: string): string =>
	String.fromCharCode((letter < 'a' ? 0x0410 : 0x0430) + (letter.toLowerCase().charCodeAt(0) - 97));
