import test from 'ava';
import {breaks, replace, write} from './breaks.js';

test(
	'a recording of no step',
	breaks,
	write('recordings/wave.jsonl', '{}\n'),
	'recordings/wave.jsonl:1:1 is a recording of `wave`, and there is no such step',
);
test(
	'a damaged recording',
	breaks,
	replace('recordings/build-it.jsonl', '{"t":0', '{"t":'),
	'recordings/build-it.jsonl:2:1 is no JSON',
);
