import test from 'ava';
import {diagnose} from '../../source/stages/causes/diagnose.js';
import {parseDockerfile} from '../../source/stages/dockerfile/parse-dockerfile.js';
import type {Build, BuildFormat} from '../../source/stages/model.js';
import {createBuildParser} from '../../source/stages/parsers/build-parser.js';
import {createStageTracker} from '../../source/stages/tracker/stage-tracker.js';

const track = (format: BuildFormat, dockerfile: string, printed: string): Build => {
	const parser = createBuildParser(format);
	const tracker = createStageTracker(parseDockerfile(dockerfile), format);
	const stream = format === 'legacy' ? 'stdout' : 'stderr';
	const [progress = '', complaint = ''] = printed.split('\nstderr:');
	const events = [
		...parser.push(stream, Buffer.from(`${progress}\n`), 0),
		...parser.push('stderr', Buffer.from(complaint === '' ? '' : `${complaint}\n`), 1),
		...parser.end(),
	];
	for (const event of events) tracker.fold(event);
	tracker.end(1, false);
	return tracker.snapshot();
};

/**
 * A failed build has its usual cause. `printed`: as engines 20.10.24 and 26.1.5 print it; the legacy builder's complaint
 * comes after a line end and `stderr:`.
 */
export const isSaid = test.macro(
	(t, format: BuildFormat, dockerfile: string, printed: string, expected: string) => {
		t.is(diagnose(track(format, dockerfile, printed)), expected);
	},
);

/** Two stages, and room for a line in the second. */
export const twoStages = 'FROM alpine:3.13 AS base\nRUN true\nFROM base AS final\n';

/** What the legacy builder prints of its first two steps. */
export const legacySteps =
	'Step 1/4 : FROM alpine:3.13 AS base\n ---> 1\nStep 2/4 : RUN true\n ---> Using cache\n';

/** How a name on the network is not found. */
export const lookup = 'dial tcp: lookup registry-1.docker.io on 10.255.255.53:53: no such host';
