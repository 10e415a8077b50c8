import test from 'ava';
import {selectStep} from '../../source/session/select.js';
import {type BesideBuilds, selectBeside} from '../../source/session/select-builds.js';
import type {RunView} from '../../source/session/state.js';
import type {Build} from '../../source/stages/model.js';
import {lineWidth} from '../../source/view/line.js';
import {selectSymbols} from '../../source/view/symbols.js';
import {besideLines} from '../../source/view/timeline-lines.js';
import {compareBeside} from '../../source/view/wording.js';
import {besideState, buildOf, careful, careless, stageOf} from '../tui/sample-beside.js';

const symbols = selectSymbols({LANG: 'C.UTF-8'}, 'linux');

const builds = (...runs: RunView[]): BesideBuilds | null => {
	const state = besideState(runs);
	return selectBeside(state, selectStep(state));
};

const draw = (columns: number, ...runs: RunView[]): string[] => {
	const found = builds(...runs);
	return found ? besideLines(found, columns, symbols).map(line => line.map(({text}) => text).join('')) : [];
};

test('both builds have a row for each instruction, on one axis', t => {
	t.deepEqual(
		draw(78, careless, careful).map(line => line.trimEnd()),
		[
			'Build it again with BuildKit · BuildKit · 3.6 s · 1 of 4 cached',
			'◆ WORKDIR /work                    cached',
			'✔ COPY . .                             ▆                                 0.1 s',
			"✔ RUN sleep 2; sed 's/^/installi…       ▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆▆           2.4 s",
			"✔ RUN grep -v '^#' app.txt | tr …                             ▆▆▆▆       0.4 s",
			'Build it in a better order · BuildKit · 0.6 s · 3 of 5 cached',
			'◆ WORKDIR /work                    cached',
			'◆ COPY packages.txt ./             cached',
			"◆ RUN sleep 2; sed 's/^/installi…  cached",
			'✔ COPY . .                           ▆                                   0.0 s',
			"✔ RUN grep -v '^#' app.txt | tr …    ▆▆▆                                 0.3 s",
			'                                   0 s                2 s',
			'0.6 s instead of 3.6 s: 6.0 times as fast as in “Build it again with',
			'BuildKit”.',
		],
	);
});

for (const columns of [120, 78, 60, 40]) {
	test(`no line is wider than ${columns} columns`, t => {
		const found = builds(careless, careful);
		const lines = found ? besideLines(found, columns, symbols) : [];
		t.true(lines.length > 10);
		t.deepEqual(
			lines.filter(line => lineWidth(line) > columns),
			[],
		);
	});
}

test('of several stages, each row names its own; one that was skipped has one row', t => {
	const skipped = {
		...stageOf('tests', [['RUN ./test']]),
		status: 'skipped' as const,
		began: null,
		ended: null,
	};
	const stages = [
		stageOf('app', [['COPY app.txt ./', 0.1, 0.3]]),
		skipped,
		stageOf('final', [['COPY a /a']]),
	];
	t.deepEqual(
		builds(careless, buildOf('again', 1, stages))?.after.stages.map(({name, status}) => `${name} ${status}`),
		['app: COPY app.txt ./ done', 'tests skipped', 'final: COPY a /a cached'],
	);
});

const says = test.macro({
	exec(t, runs: RunView[], expected: string | null) {
		const found = builds(...runs);
		t.is(found && compareBeside(found), expected);
	},
	title: title => title ?? '',
});

const again = (seconds: number, more: Partial<Build> = {}) =>
	buildOf('again', seconds, careful.build?.stages ?? [], more);
const before = '“Build it again with BuildKit”';

test(
	'a factor is that of the times as they are shown',
	says,
	[careless, again(0.66)],
	`0.7 s instead of 3.6 s: 5.1 times as fast as in ${before}.`,
);
test(
	'less than 5 % is about the same',
	says,
	[careless, again(3.6)],
	`3.6 s, and 3.6 s in ${before}: about the same.`,
);
test(
	'a build that took longer is told as it was',
	says,
	[careless, again(7.2)],
	`7.2 s instead of 3.6 s: 2.0 times as long as in ${before}.`,
);
test(
	'builds of two builders are not compared',
	says,
	[careless, again(0.6, {builder: 'legacy'})],
	`${before} was built by BuildKit, and this by the legacy builder: to compare them, run both with the same builder.`,
);
test(
	'where the other build is missing, it is said which step to run',
	says,
	[careful],
	`${before} has not passed since the program was started. Go back to it and run it, to see both builds one above the other.`,
);
test('a build that has not run is compared with nothing', says, [careless], null);
test(
	'a build that has not passed is no measure',
	says,
	[
		careless,
		{...careless, runId: 'later', outcome: {ended: 'exited', exitCode: 1, seconds: 9}, verdict: null},
		careful,
	],
	`0.6 s instead of 3.6 s: 6.0 times as fast as in ${before}.`,
);
test(
	'the last build that has passed counts',
	says,
	[careless, buildOf('build', 1.2, careless.build?.stages ?? []), careful],
	`0.6 s instead of 1.2 s: 2.0 times as fast as in ${before}.`,
);
