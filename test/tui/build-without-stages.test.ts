import test from 'ava';
import {openEmulated} from './open-emulated.js';
import {plannedBuild} from './sample-plans.js';
import {sampleState} from './sample-state.js';

for (const [columns, rows] of [
	[120, 36],
	[80, 24],
] as const) {
	test.serial(`what belongs to no stage has a pane at ${columns}×${rows}`, async t => {
		const {build} = plannedBuild;
		if (!build) throw new Error('The sample is no build.');
		const outside = ['resolving the context', 'sha256:1234 done'];
		const run = {...plannedBuild, build: {...build, stages: [], outside}};
		const screen = openEmulated(t, sampleState({runs: {build: run}}), {columns, rows});
		const shown = (await screen.waitFor('resolving the context')).join('\n');
		t.regex(shown, /╭ output ─+ ✔ exit 0 1\.8 s ─╮/);
		t.regex(shown, /│ sha256:1234 done +│/);
	});
}
