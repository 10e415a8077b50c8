import type {Timeline} from '../../session/perform/keep-timelines.js';
import {builderName} from '../panes/builder-name.js';
import {formatSeconds} from '../text/format-seconds.js';

/** When each stage of a build was at work, a sentence each, in the order in which they began. */
export const timelineSentences = ({builder, seconds, stages}: Timeline): string[] => {
	const seen = stages.filter(({began, ended}) => began !== null && ended !== null);
	const rest = stages.filter(stage => !seen.includes(stage));
	return [
		`${builder ? `${builderName(builder)}: ` : ''}${formatSeconds(seconds)} in all.`,
		...seen
			.toSorted((a, b) => (a.began ?? 0) - (b.began ?? 0))
			.map(
				({name, status, began, ended}) =>
					`stage ${name}: ${status}, from second ${(began ?? 0).toFixed(1)} to second ${(ended ?? 0).toFixed(1)}`,
			),
		...rest.map(({name, status, reason}) => `stage ${name}: ${reason ? `${status}, ${reason}` : status}`),
	];
};
