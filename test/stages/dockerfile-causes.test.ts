import test from 'ava';
import {isSaid} from './says-cause.js';

const image = 'FROM alpine:3.13\nCOPY x\n';

const complains = (what: string, dockerfile: string, complaint: string, expected: string) => {
	test(`${what}, BuildKit`, isSaid, 'plain', dockerfile, `ERROR: failed to solve: ${complaint}`, expected);
};
complains(
	'a line that is too short',
	image,
	'dockerfile parse error on line 2: COPY requires at least two arguments, but only one was provided. Destination could not be determined',
	'The builder can’t read this line: COPY requires at least two arguments, but only one was provided. Destination could not be determined.',
);
complains('an empty Dockerfile', image, 'the Dockerfile cannot be empty', 'The Dockerfile is empty.');
complains(
	'no FROM',
	image,
	'no build stage in current context',
	'The Dockerfile does not begin with `FROM`: only `ARG` may come before it.',
);
