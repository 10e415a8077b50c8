import test from 'ava';
import {
	firstZoomedLine,
	moveZoom,
	showFound,
	typeIntoZoom,
	type ZoomState,
	zoomInto,
} from '../../source/tui/keymap/view-state.js';
import type {ViewAction} from '../../source/view/binding.js';

const size = {total: 100, rows: 10, columns: 40};
const after = (actions: ViewAction[], before: ZoomState = zoomInto('build')) =>
	actions.reduce((zoom, action) => moveZoom(zoom, action, size), before);

const scrolls = test.macro((t, actions: ViewAction[], expected: {top: number; grown: number}) => {
	const zoom = after(actions);
	const tops = {top: firstZoomedLine(zoom, size), grown: firstZoomedLine(zoom, {...size, total: 200})};
	t.deepEqual(tops, expected);
});

test('at first the end is seen, and it stays in sight while lines arrive', scrolls, [], {
	top: 90,
	grown: 190,
});
test('who has scrolled up stays where he is', scrolls, ['up'], {top: 89, grown: 89});
test('who scrolls down to the end follows it again', scrolls, ['up', 'up', 'down', 'down'], {
	top: 90,
	grown: 190,
});
test('the first line is one key away', scrolls, ['home'], {top: 0, grown: 0});
test('the last line too', scrolls, ['home', 'end'], {top: 90, grown: 190});
test('a page leaves one line in sight', scrolls, ['home', 'page-down'], {top: 9, grown: 9});
test('pages go up as well', scrolls, ['page-up', 'page-up'], {top: 72, grown: 72});
test('nothing is before the first line', scrolls, ['home', 'up', 'page-up', 'down'], {top: 1, grown: 1});

test('a log that fits is seen whole', t => {
	t.is(firstZoomedLine(zoomInto(null), {total: 3, rows: 10, columns: 40}), 0);
});

test('long lines move by half of the room', t => {
	t.is(after(['right', 'right', 'right', 'left']).left, 40);
	t.is(after(['right', 'left', 'left']).left, 0);
});

test('what is typed is searched for', t => {
	const typed = typeIntoZoom(typeIntoZoom(after(['search']), 'ab構'), 'c');
	t.is(typed.typing, 'ab構c');
	t.like(after(['erase', 'erase', 'find'], typed), {typing: null, wanted: 'ab'});
});
test('nothing is typed where no text is asked for', t => {
	t.is(typeIntoZoom(zoomInto(null), 'abc').typing, null);
});
test('an empty search is the one before', t => {
	t.is(after(['search', 'find'], {...zoomInto(null), wanted: 'before'}).wanted, 'before');
});
test('escape leaves a search as it was', t => {
	const typed = typeIntoZoom(after(['search'], {...zoomInto(null), wanted: 'before'}), 'x');
	t.like(after(['leave-search'], typed), {typing: null, wanted: 'before'});
});
test('erasing nothing leaves the search', t => t.is(after(['search', 'erase']).typing, null));

test('a match that is seen moves nothing', t => t.is(showFound(after(['home']), 9, size).top, 0));
test('a match elsewhere comes into the middle', t => t.is(showFound(after(['home']), 50, size).top, 45));
