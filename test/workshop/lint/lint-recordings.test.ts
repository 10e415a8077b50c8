import test from 'ava';
import {breaks, replace, write} from './breaks.js';

test(
	'a recording of no step',
	breaks,
	write('recordings/26/wave.jsonl', '{}\n'),
	'recordings/26/wave.jsonl:1:1 is a recording of `wave`, and there is no such step',
);
test(
	'a damaged recording',
	breaks,
	replace('recordings/26/build-it.legacy.jsonl', '{"t":0', '{"t":'),
	'recordings/26/build-it.legacy.jsonl:2:1 is no JSON',
);
test(
	'a recording of no engine',
	breaks,
	write('recordings/build-it.jsonl', '{}\n'),
	'recordings/build-it.jsonl:1:1 is a stray file: a recording is called `<engine>/<step id>.jsonl`, or `<engine>/<step id>.<builder>.jsonl` of a build',
);
