import type {Step} from '../model.js';
import type {LintSubject} from './lint-subject.js';
import {placeInCommand} from './place-in-command.js';

/** Placeholders in commands that no step fills, or none that is sure to have run before. */
export const lintPlaceholders = ({steps, draft, report}: LintSubject): void => {
	const all = steps.map(({step}) => step);
	for (const one of steps) {
		for (const [written] of one.step.command?.matchAll(/\{\{[^}]*\}*/g) ?? []) {
			const name = /^\{\{([\w-]+)\}\}$/.exec(written)?.[1];
			const trouble =
				name === undefined
					? `\`${written}\` is no placeholder: write it as \`{{name}}\``
					: describeGap(name, one.step, all, draft.broken);
			if (trouble) report(one.step.file, trouble, placeInCommand(one, written));
		}
	}
};

const describeGap = (name: string, step: Step, all: Step[], broken: ReadonlySet<string>): string | null => {
	const sources = all.filter(({capture}) => Object.hasOwn(capture, name));
	const [first] = sources;
	// A step that can't be read may be the one.
	if (!first) return broken.size > 0 ? null : `\`{{${name}}}\` is captured by no step`;
	const before = sources.filter(source => all.indexOf(source) < all.indexOf(step));
	if (before.length === 0) return `\`{{${name}}}\` is captured only later, by \`${first.id}\``;
	const needed = neededBy(step, all);
	if (before.some(({id}) => needed.has(id))) return null;
	return `\`{{${name}}}\` is captured by \`${before.at(-1)?.id}\`, which this step does not need`;
};

/** Ids of all steps that a step needs, directly or not. */
const neededBy = (step: Step, all: Step[]): Set<string> => {
	const needed = new Set(step.needs);
	// A set hands out what is added to it while it is walked through.
	for (const id of needed) for (const need of all.find(one => one.id === id)?.needs ?? []) needed.add(need);
	return needed;
};
