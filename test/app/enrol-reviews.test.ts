import {existsSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {enrolReviews} from '../../source/app/enrol-reviews.js';
import {openWorkshop} from '../../source/app/open-workshop.js';
import {generatedItems} from '../../source/review/sources.js';
import {questionKind} from '../../source/review/workshop-questions.js';
import {createInitialState, type SessionState} from '../../source/session/state.js';
import {createStore} from '../../source/session/store.js';
import {createReviewStore} from '../../source/storage/review-store.js';
import {temporaryFolder} from '../tools/child-environment.js';

const start = Date.UTC(2026, 0, 1, 9);
const passed = {'docker-version': {at: '2026-01-01T09:00:00.000Z', finding: 'passed'}};

/** A session on its last page, in a state folder of its own. */
const arrive = (
	t: ExecutionContext,
	change: Partial<SessionState>,
	folder = temporaryFolder(),
	now = start,
	place = {place: 'multi-stage', shipped: true},
) => {
	const {workshop} = openWorkshop('multi-stage', temporaryFolder());
	const store = createStore({
		...createInitialState(workshop, {dialect: 'sh', labFolder: '/lab', builder: 'buildkit'}),
		screen: 'end',
		...change,
	});
	const foretold: number[] = [];
	const problems: string[] = [];
	const reviews = createReviewStore(folder);
	const session = {
		...store,
		notify: (problem: string) => problems.push(problem),
		foretellReview: (days: number) => foretold.push(days),
	};
	t.teardown(enrolReviews(session, {store: reviews, now: () => now, ...place}));
	return {foretold, problems, deck: () => reviews.load().deck, folder};
};

test('the last page begins the reviews, and says when the first is due', t => {
	const {foretold, deck} = arrive(t, {passed});
	t.deepEqual(foretold, [3]);
	t.deepEqual(Object.keys(deck().cards), generatedItems.kinds);
});

test('later, it says what is left, and changes nothing', t => {
	const {folder, deck} = arrive(t, {passed});
	const before = deck();
	const day = 86_400_000;
	t.deepEqual(arrive(t, {passed}, folder, start + 2 * day).foretold, [1]);
	t.deepEqual(arrive(t, {passed}, folder, start + 9 * day).foretold, [0]);
	t.deepEqual(deck(), before);
});

const question = (() => {
	const step = openWorkshop('multi-stage', temporaryFolder())
		.workshop.chapters.flatMap(({steps}) => steps)
		.find(one => one.question);
	if (!step) throw new Error('no question');
	return step;
})();
const answered = (first: 'right' | 'wrong'): Partial<SessionState> => ({
	screen: 'step',
	passed: {[question.id]: {at: '2026-01-01T09:00:00.000Z', finding: 'answered'}},
	answers: {[question.id]: {given: ['x'], first}},
});

test('a question is taken into the reviews once it is answered: sooner, if it was not right at first', t => {
	const kind = questionKind('multi-stage', question);
	const due = (['right', 'wrong'] as const).map(first => {
		const {deck, foretold} = arrive(t, answered(first));
		t.deepEqual(foretold, []);
		t.deepEqual(Object.keys(deck().cards), [kind]);
		return Date.parse(deck().cards[kind]?.due ?? '');
	});
	t.true((due[1] ?? 0) < (due[0] ?? 0));
});

test('a question that was left unanswered, or has changed since, is not taken', t => {
	for (const change of [{answers: {}}, {passed: {}}]) {
		const {deck} = arrive(t, {...answered('right'), ...change});
		t.deepEqual(deck().cards, {});
	}
});

test('an author’s own workshop brings its questions, and only these', t => {
	const own = {place: '/mine', shipped: false};
	const kind = questionKind('/mine', question);
	const {deck, foretold} = arrive(t, {...answered('right'), screen: 'end'}, temporaryFolder(), start, own);
	t.deepEqual(Object.keys(deck().cards), [kind]);
	t.deepEqual(foretold, [3]);
	t.deepEqual(arrive(t, {passed}, temporaryFolder(), start, own).foretold, []);
});

test('it tells when the reviews can’t be saved', t => {
	const file = path.join(temporaryFolder(), 'file');
	writeFileSync(file, '');
	const {foretold, problems} = arrive(t, {passed}, file);
	t.deepEqual(foretold, []);
	t.regex(problems.join(), /^The days of your reviews can’t be saved: .+\.$/);
});

for (const [title, change] of [
	['where nothing has passed', {passed: {}}],
	['on a step', {passed, screen: 'step'}],
] as Array<[string, Partial<SessionState>]>) {
	test(`no review begins ${title}`, t => {
		const {foretold, folder} = arrive(t, change);
		t.deepEqual(foretold, []);
		t.false(existsSync(path.join(folder, 'review.json')));
	});
}
