import test from 'ava';
import {breaks, replace} from './breaks.js';

test(
	'a second comment in a step',
	breaks,
	replace('01-first.md', 'Press enter.', '<!-- step\nid: x\n-->'),
	'01-first.md:39:1 a step can have only one comment, and this is a second one',
);
test(
	'an empty hint',
	breaks,
	replace('01-first.md', 'Look at the pane.\n\n', ''),
	'01-first.md:45:1 the hint is empty',
);
test(
	'a hint for a finding that nobody gets',
	breaks,
	replace('01-first.md', 'Look at the pane.', '<!-- for: stage-fright -->\n\nLook at the pane.'),
	'01-first.md:45:1 the hint is for `stage-fright`, which no check of its step has as its finding',
);
test(
	'a hint that is not closed',
	breaks,
	replace('01-first.md', '\n</details>\n', ''),
	'01-first.md:45:1 the hint is not closed: `</details>` is missing on a line of its own',
);
test(
	'a second solution',
	breaks,
	replace(
		'02-second.md',
		'Give it a name.\n\n</details>\n',
		'Yes.\n\n</details>\n\n<details><summary>Solution</summary>\n\nNo.\n\n</details>\n',
	),
	'02-second.md:50:1 a step can have only one block called Solution, and this is a second one',
);
test(
	'a when that is not closed',
	breaks,
	replace('01-first.md', '<!-- end -->\n', ''),
	'01-first.md:14:1 the `when` is not closed: `<!-- end -->` is missing',
);
test(
	'an end without a when',
	breaks,
	replace('01-first.md', 'Press enter.', '<!-- end -->'),
	'01-first.md:39:1 there is no `when` before this `end`',
);
test(
	'a when of an unknown condition',
	breaks,
	replace('01-first.md', 'when store: containerd', 'when engine: 26'),
	'01-first.md:14:1 `engine: 26` is not a condition: the conditions are store, cli-from, cli-before and shell',
);
test(
	'a when inside of another',
	breaks,
	replace('01-first.md', '<!-- otherwise -->', '<!-- when cli-from: 23 -->'),
	'01-first.md:18:1 opens a `when` inside another one',
);
test(
	'a when that nobody sees',
	breaks,
	replace('01-first.md', 'Press enter.', '- <!-- when cli-from: 23 -->'),
	'01-first.md:39:3 `when`, `otherwise` and `end` must each stand on a line of their own, outside of lists and quotes',
);
const shown = (mark: string) => replace('01-first.md', 'Press enter.', mark);
for (const [what, mark, problem] of [
	[
		'a file that is not there',
		'<!-- show: app/none -->',
		'39:1 shows `app/none`, which is not a file in a context',
	],
	['a folder', '<!-- show: app -->', '39:1 shows `app`, which is not a file in a context'],
	[
		'a file outside of the contexts',
		'<!-- show: workshop.md:1 -->',
		'39:1 shows `workshop.md`, which is not a file in a context',
	],
	[
		'more lines than there are',
		'<!-- show: app/Dockerfile:1-99 -->',
		'39:1 shows lines that `app/Dockerfile` does not have: its lines are 1 to 5',
	],
	[
		'lines in the wrong order',
		'<!-- show: app/Dockerfile:3-2 -->',
		'39:1 shows lines that `app/Dockerfile` does not have: its lines are 1 to 5',
	],
	[
		'a file in a list',
		'- <!-- show: app/Dockerfile -->',
		'39:3 must stand on a line of its own, outside of lists and quotes, as in `<!-- show: app/Dockerfile:1-4 -->`',
	],
	[
		'a file within a line',
		'See <!-- show: app/Dockerfile -->.',
		'39:5 must stand on a line of its own, outside of lists and quotes, as in `<!-- show: app/Dockerfile:1-4 -->`',
	],
	[
		'a range that is none',
		'<!-- show: app/Dockerfile: 1 - 4 -->',
		'39:1 must stand on a line of its own, outside of lists and quotes, as in `<!-- show: app/Dockerfile:1-4 -->`',
	],
] as const)
	test(`a text that shows ${what}`, breaks, shown(mark), `01-first.md:${problem}`);
