import type {BaseIssue} from 'valibot';

/** What is wrong with a value of the YAML, in a sentence about the key that it stands under. */
export const describeIssue = (issue: BaseIssue<unknown>): string => {
	const keys = issue.path?.map(({key}) => key) ?? [];
	const name = keys.findLast(key => typeof key === 'string');
	if (name === undefined) return 'must be keys with their values, as `id: first-step`';
	if (issue.expected === 'never') return `there is no key \`${name}\` here`;
	if (issue.received === 'undefined') return `\`${name}\` is missing`;
	const subject = typeof keys.at(-1) === 'number' ? `what stands in \`${name}\`` : `\`${name}\``;
	return `${subject} ${issue.message.startsWith('Invalid ') ? demandOf(issue) : issue.message}`;
};

const kinds: Record<string, string> = {
	string: 'must be text',
	number: 'must be a number',
	boolean: 'must be true or false',
	Array: 'must be a list',
	Object: 'must be keys with their values',
};

/** Valibot's own messages speak of types; these speak of what to write. */
const demandOf = ({expected, received}: BaseIssue<unknown>): string => {
	const choices = [...(expected ?? '').matchAll(/"([^"]*)"/g)].map(([, choice]) => choice);
	if (choices.length === 1) return `must be ${choices[0]}`;
	if (choices.length > 1) return `must be one of ${choices.join(', ')}, not ${received.replaceAll('"', '')}`;
	return kinds[expected ?? ''] ?? `must be ${expected}`;
};
