import test from 'ava';
import {breaks, replace} from './lint/breaks.js';

test(
	'an id that is taken',
	breaks,
	replace('02-second.md', 'id: stop-it', 'id: start-it'),
	'02-second.md:21:1 the step id `start-it` is already used at 02-second.md:3',
);
test(
	'a need that is no step',
	breaks,
	replace('01-first.md', 'needs: [read-it]', 'needs: [read-it, read-on]'),
	'01-first.md:29:18 needs `read-on`, but there is no such step; did you mean `read-it`?',
);
test(
	'a need that comes later',
	breaks,
	replace('02-second.md', 'needs: [start-it]', 'needs: [start-it, say-it]'),
	'02-second.md:23:19 needs `say-it`, which comes later',
);
test(
	'needs in a circle',
	breaks,
	replace('01-first.md', 'needs: [read-it]', 'needs: [stop-it]'),
	'01-first.md:29:9 `needs` forms a circle: build-it → stop-it → start-it → build-it',
);
test(
	'a step that needs itself',
	breaks,
	replace('01-first.md', 'needs: [read-it]', 'needs: [build-it]'),
	'01-first.md:29:9 `needs` forms a circle: build-it → build-it',
);
