import test from 'ava';
import {breaks, replace, write} from './breaks.js';

test(
	'a recording of no step',
	breaks,
	write('recordings/26/wave.jsonl', '{}\n'),
	'recordings/26/wave.jsonl:1:1 is a recording of `wave`, but there is no such step',
);
test(
	'a damaged recording',
	breaks,
	replace('recordings/26/build-it.legacy.jsonl', '{"t":0', '{"t":'),
	'recordings/26/build-it.legacy.jsonl:2:1 is not JSON',
);
test(
	'a recording of no engine',
	breaks,
	write('recordings/build-it.jsonl', '{}\n'),
	'recordings/build-it.jsonl:1:1 is a stray file: a recording is called `<engine>/<step id>.jsonl`, that of a build `<engine>/<step id>.<builder>.jsonl`',
);
test(
	'a recording of another command than the step’s',
	breaks,
	replace('recordings/26/build-it.legacy.jsonl', '"./app"', '"./other"'),
	'recordings/26/build-it.legacy.jsonl:1:1 was made with `docker build -t app --target words ./other`, but its step runs `docker build -t app --target words ./app`: it is not played; record it again with `run --record`',
);
test(
	'a recording with one more argument than the step has',
	breaks,
	replace('recordings/26/build-it.legacy.jsonl', '"./app"', '"./app","--pull"'),
	'recordings/26/build-it.legacy.jsonl:1:1 was made with `docker build -t app --target words ./app --pull`, but its step runs `docker build -t app --target words ./app`: it is not played; record it again with `run --record`',
);
test(
	'a recording of another command than the solution’s',
	breaks,
	write('recordings/26/say-it.jsonl', '{"recording":1,"argv":["docker","run","-d","app"]}\n'),
	'recordings/26/say-it.jsonl:1:1 was made with `docker run -d app`, but its step runs `docker run -d --name waits app sleep 60`: it is not played; record it again with `run --record`',
);
test(
	'a recording of a step that runs nothing',
	breaks,
	write('recordings/26/read-it.jsonl', '{"recording":1,"argv":["docker","ps"]}\n'),
	'recordings/26/read-it.jsonl:1:1 was made with `docker ps`, but its step runs no command',
);
test(
	'a recording without a command',
	breaks,
	write('recordings/26/build-it.buildkit.jsonl', '{"recording":1}\n'),
	'recordings/26/build-it.buildkit.jsonl:1:1 is not a recording: its first line does not name a command',
);
