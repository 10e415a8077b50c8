import path from 'node:path';
import test from 'ava';
import type {BuildTarget} from '../../source/docker/build-definition.js';
import type {DescribedBuild} from '../../source/session/ports.js';
import {openFakeSession} from '../tools/fakes/open-fake-session.js';

const folder = path.resolve('test/fixtures/workshops/targets');

const target = (name: string): BuildTarget => ({
	name,
	dockerfile: `/home/ada/targets/shop/${name}/Dockerfile`,
	...{inline: null, buildArgs: [], contexts: [], platforms: []},
});

/** What Compose before 2.26 prints. */
const plain = `#5 [web builder 2/2] RUN echo building web && sleep 1 && echo web > /web.txt
#5 0.1 building web
#5 DONE 1.1s

#6 [web stage-2 2/2] COPY --from=builder /web.txt /web.txt
#6 DONE 0.1s
`;

const build = async (described: DescribedBuild | null) => {
	const session = openFakeSession({
		workshop: folder,
		stepId: 'compose-two',
		passed: ['bake-two'],
		script: () => ({prints: [{text: plain}], ends: 0}),
	});
	session.backend.engine.describeBuild = async () => described;
	session.begin();
	await session.settled();
	session.send({intent: 'go-to-step', stepId: 'compose-two'});
	await session.settled();
	session.send({intent: 'run'});
	const state = await session.until(
		({runs}) => runs['compose-two']?.phase === 'over',
		'the end of the build',
	);
	return {view: state.runs['compose-two'], request: session.backend.runner.started[0]};
};

test('what a file defines is built in panes, and kept for a recording', async t => {
	const {view, request} = await build({targets: [target('web'), target('worker')], hasRawjson: true});
	t.like(request, {format: 'rawjson', builder: 'buildkit'});
	t.like(request?.env, {BUILDKIT_PROGRESS: 'rawjson', DOCKER_BUILDKIT: '1'});
	t.deepEqual(
		request?.targets?.map(({dockerfile}) => dockerfile),
		['shop/web/Dockerfile', 'shop/worker/Dockerfile'],
	);
	t.deepEqual(
		view?.build?.stages.map(({name}) => name),
		['web/builder', 'web/unused', 'web/final', 'worker/builder', 'worker/test', 'worker/final'],
	);
});

test('a tool that has no rawjson is followed in what it prints for people', async t => {
	const {view, request} = await build({targets: [target('web'), target('worker')], hasRawjson: false});
	t.is(request?.format, 'plain');
	t.like(view?.build?.stages[0], {name: 'web/builder', status: 'done', tail: ['building web']});
});

test('if docker can’t say what will be built, the command runs as any other', async t => {
	const {view, request} = await build(null);
	t.is(view?.build, null);
	t.true(view?.output.lines.includes('#5 0.1 building web'));
	t.like(request, {format: null, builder: null});
	t.is(request?.env.BUILDKIT_PROGRESS, undefined);
});
