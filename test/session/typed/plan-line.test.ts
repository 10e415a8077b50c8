import test from 'ava';
import type {Builder, BuildFormat} from '../../../source/build/model.js';
import {planLine} from '../../../source/session/typed/plan-line.js';
import {readDockerRun} from '../../../source/session/typed/read-docker-run.js';

const plan = (line: string, builder: Builder = 'buildkit', folder = '/lab') =>
	planLine(line, {
		dialect: 'sh',
		builder,
		cli: {version: '26.1.5', buildx: '0.13.1'},
		folder,
		labFolder: '/lab',
	});

const builds = test.macro({
	exec(t, line: string, dockerfile: string | null, format: BuildFormat, more: object = {}, folder?: string) {
		t.like(plan(line, 'buildkit', folder).build, {dockerfile, format, ...more});
	},
	title: (_, line) => `\`${line}\` is planned from its own arguments`,
});

test(builds, 'docker build -t simple ./simple', 'simple/Dockerfile', 'rawjson', {tags: ['simple:latest']});
test(builds, 'docker build simple -t a --tag b:1', 'simple/Dockerfile', 'rawjson', {
	tags: ['a:latest', 'b:1'],
});
test(builds, 'docker build ./simple -t a --progress=plain', 'simple/Dockerfile', 'plain');
test(builds, 'docker build ./simple --progress plain', 'simple/Dockerfile', 'plain');
test(builds, 'docker build --build-arg A=b --target test simple', 'simple/Dockerfile', 'rawjson', {
	target: 'test',
});
test(builds, 'docker buildx build -f whoami/other.Dockerfile whoami', 'whoami/other.Dockerfile', 'rawjson');
test(builds, 'docker image build /elsewhere', '/elsewhere/Dockerfile', 'rawjson');
test(builds, 'docker build .', 'simple/Dockerfile', 'rawjson', {}, '/lab/simple');
test(builds, 'docker build ../parallel', 'parallel/Dockerfile', 'rawjson', {}, '/lab/simple');
test(builds, 'cd simple && docker build -t a .', 'simple/Dockerfile', 'plain');
test(builds, 'docker build simple 2>&1 | tee log', 'simple/Dockerfile', 'plain');
test(builds, 'docker build - < Dockerfile', null, 'plain');
test(builds, 'docker build https://example.com/a.git', null, 'rawjson');
test(builds, 'DOCKER_BUILDKIT=0 docker build simple', 'simple/Dockerfile', 'legacy', {builder: 'legacy'});

test('two builds in a line have no panes', t => {
	t.is(plan('docker build simple && docker build parallel').build, null);
});

test('a line tells which names it gives and which files it writes', t => {
	t.deepEqual(plan('docker tag mine simple; docker image tag mine other:1').tags, [
		'simple:latest',
		'other:1',
	]);
	t.deepEqual(plan('cd simple && docker build . >> log').outputs, [
		{file: '/lab/simple/log', streams: ['stdout'], isAppended: true, isOfBuild: true},
	]);
});

const runs = test.macro({
	exec: (t, args: string, expected: object) => t.like(readDockerRun(args.split(' ')), expected),
	title: (_, args) => `\`docker run ${args}\` is understood`,
});

test(runs, '--rm -p 80:80 --name w whoami -port 80', {
	subject: 'whoami',
	name: 'w',
	detached: false,
	tty: false,
});
test(runs, '-dP --name=w whoami', {subject: 'whoami', name: 'w', detached: true});
test(runs, '-it -v /a:/b alpine sh -d', {subject: 'alpine', tty: true, detached: false});
test(runs, '-p80:80 --env A=b -e C=d whoami', {subject: 'whoami'});
test(runs, '--rm', {subject: null});
