import test from 'ava';
import type {SeatState} from '../../source/classroom/protocol.js';
import {intervals} from '../../source/classroom/protocol.js';
import {createSentState} from '../../source/seat/sent-state.js';
import {firstReport, untouched} from '../hub/test-seat.js';

const state: SeatState = firstReport;
const elsewhere: SeatState = {...state, step: 'first-run'};
const judged: SeatState = {
	...elsewhere,
	steps: [{...untouched('first-build'), verdict: 'failed', attempts: 1}],
};

/** What is known of a seat whose first reports, 0 and 1, the hub has answered. */
const tellFirst = () => {
	const sent = createSentState();
	for (const sequence of [0, 1]) sent.end(sent.begin([]), state, {sequence, results: 0});
	return sent;
};

test('what the hub knows is not told again before the next sign of life', t => {
	const wait = tellFirst().untilNext({...state, steps: [{...untouched('first-build'), seconds: 0}]}, []);
	t.true(wait > intervals.report && wait <= intervals.heartbeat);
});

test('another step waits for the schedule, and a verdict does not', t => {
	const sent = tellFirst();
	const wait = sent.untilNext(elsewhere, []);
	t.true(wait > 0 && wait <= 2 * intervals.report);
	t.is(sent.untilNext(judged, []), 0);
});

test('of many verdicts in a row, ten are told early, and the next one waits', t => {
	const sent = tellFirst();
	for (let number = 2; number <= 10; number++) {
		t.is(sent.untilNext({...judged, hand: number % 2 === 0}, []), 0);
		sent.end(sent.begin([]), {...judged, hand: number % 2 === 0}, {sequence: number, results: 0});
	}
	t.true(sent.untilNext({...judged, handedIn: true}, []) > 0);
});

test('after a failure, everything is told at once', t => {
	const sent = tellFirst();
	sent.forget();
	t.is(sent.untilNext(state, []), 0);
});
