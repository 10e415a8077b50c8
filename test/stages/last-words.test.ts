import test from 'ava';
import {diagnose} from '../../source/stages/causes/diagnose.js';
import {parseDockerfile} from '../../source/stages/dockerfile/parse-dockerfile.js';
import {createStageTracker} from '../../source/stages/tracker/stage-tracker.js';

/** A `RUN` prints these lines, each at its second, and ends with exit code 1. */
const says = test.macro((t, lines: Array<[at: number, text: string]>, cause: string | null) => {
	const tracker = createStageTracker(parseDockerfile('FROM a\nRUN b\n'), 'rawjson');
	const id = 's:1';
	tracker.fold({event: 'began', id, name: '[2/2] RUN b', at: 0});
	for (const [at, text] of lines) tracker.fold({event: 'line', id, text, at});
	tracker.fold({
		event: 'failed',
		id,
		message: 'process "b" did not complete successfully: exit code: 1',
		at: 9,
	});
	tracker.end(1, false);
	t.is(diagnose(tracker.snapshot()), cause);
});

const complaint = 'cat: /x: No such file or directory';
const noFile = 'The command finds no file or folder `/x` in this stage.';

test(
	'the last words are the cause',
	says,
	[
		[1, 'one'],
		[1, complaint],
	],
	noFile,
);
test(
	'what the other stream prints meanwhile does not count',
	says,
	[
		[1, complaint],
		[1.01, 'one'],
	],
	noFile,
);
test(
	'a complaint after which the command went on is none',
	says,
	[
		[1, complaint],
		[4, 'one'],
	],
	null,
);
test(
	'a complaint behind which another one stands is none',
	says,
	[
		[1, complaint],
		[1, 'error: no compiler'],
	],
	null,
);
test(
	'a complaint far above is none',
	says,
	[
		[1, complaint],
		[1, 'a'],
		[1, 'b'],
		[1, 'c'],
	],
	null,
);
test(
	'of two the last counts',
	says,
	[
		[1, 'cat: /y: No such file or directory'],
		[1, complaint],
	],
	noFile,
);
