import test from 'ava';
import {planTypedLine} from '../../../source/session/plan/line-plan.js';
import type {Builder, BuildFormat} from '../../../source/stages/model.js';

const plan = (line: string, builder: Builder = 'buildkit', folder = '/lab') =>
	planTypedLine(line, {
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
test(builds, 'docker build - < simple/Dockerfile', 'simple/Dockerfile', 'rawjson');
test(builds, 'docker build -f - simple < other', 'other', 'rawjson');
test(builds, 'cat Dockerfile | docker build -', null, 'plain');
test(builds, 'docker build https://example.com/a.git', null, 'rawjson');
test(builds, 'DOCKER_BUILDKIT=0 docker build simple', 'simple/Dockerfile', 'legacy', {builder: 'legacy'});

test(builds, 'docker buildx bake', null, 'rawjson', {builder: 'buildkit'});
test(builds, 'docker buildx bake --progress plain', null, 'plain');
test(builds, 'docker compose build', null, 'rawjson', {builder: 'buildkit'});
test(builds, 'docker compose --progress plain build', null, 'plain');
test(builds, 'DOCKER_BUILDKIT=0 docker compose build', null, 'rawjson', {builder: 'buildkit'});

test('two builds in a line have no panes', t => {
	t.is(plan('docker build simple && docker build parallel').build, null);
	t.is(plan('docker compose build && docker compose up').build, null);
});

test('a line tells which names it gives and which files it writes', t => {
	t.deepEqual(
		plan('docker tag mine simple; docker image tag mine other:1').makes.map(({names}) => names),
		[['simple:latest'], ['other:1']],
	);
	t.deepEqual(plan('cd simple && docker build . >> log').outputs, [
		{file: '/lab/simple/log', streams: ['stdout'], isAppended: true, isOfBuild: true},
	]);
});

const talks = test.macro({
	exec: (t, line: string, expected: boolean) => t.is(plan(line).needsTerminal, expected),
	title: (_, line, expected) => `\`${line}\` ${expected ? 'gets' : 'does not get'} the terminal`,
});

test(talks, 'docker run -it -v /a:/b alpine sh -d', true);
test(talks, 'docker container run --interactive --tty alpine', true);
test(talks, 'docker run -itd alpine', false);
test(talks, 'docker run --tty=false -i alpine', false);
test(talks, 'docker run alpine sh -it', false);
test(talks, 'docker --debug exec -it web sh', true);
test(talks, 'docker compose -f other.yaml exec web sh', true);
test(talks, 'docker compose exec -T web ls', false);
test(talks, 'docker start -ai web', true);
