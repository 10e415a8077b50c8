import test from 'ava';
import {outlineWorkshop} from '../../source/app/class-outline.js';
import {openWorkshop} from '../../source/app/open-workshop.js';
import {temporaryFolder} from '../tools/child-environment.js';

const {workshop} = openWorkshop('multi-stage', temporaryFolder());
const outline = outlineWorkshop(workshop, 'a'.repeat(64));
const steps = outline.chapters.flatMap(chapter => chapter.steps);

test('a board can name every step of a workshop', t => {
	t.deepEqual(
		steps.map(({id}) => id),
		workshop.chapters.flatMap(chapter => chapter.steps.map(({id}) => id)),
	);
	t.like(
		steps.find(({id}) => id === 'lab-port'),
		{isChallenge: true, isMain: true, hasSolution: true},
	);
	t.false(steps.find(({id}) => id === 'cache-modules')?.isMain);
});

test('hints are one line each, in which code is marked', t => {
	const hints = steps.flatMap(({hints: general, fittingHints}) => [
		...general,
		...fittingHints.map(({text}) => text),
	]);
	t.true(hints.length > 10);
	for (const hint of hints) t.regex(hint, /^\S.*\S$/);
	t.true(hints.some(hint => /`-port`/.test(hint)));
	t.false(hints.some(hint => / {2}/.test(hint)));
});
