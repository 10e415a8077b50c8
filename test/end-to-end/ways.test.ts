import {rmSync} from 'node:fs';
import {engineTests, everyEngine} from '../engine/engines.js';
import {declareOverSsh, openSshServer} from '../engine/ssh-server.js';
import {dockerIn, inContext, type Way, ways, withContext, withoutHost} from '../engine/ways.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {isDeep} from '../tools/deep.js';
import {type CliOptions, runCli} from '../tools/run-cli.js';
import {keys, openTerminal} from '../tools/terminal.js';
import {failedIds, isDiagnosed, readFindings} from './diagnose.js';
import {withPrograms} from './make-faults.js';
import {writeSmallWorkshop} from './write-small-workshop.js';

type Step = {id: string; builder: string | null; verdict: string; reason: string};

/** What `run --json` says, and which of its steps did not pass. */
const rehearse = async (args: string[], options: CliOptions) => {
	const {stdout, stderr, exitCode} = await runCli(['run', ...args, '--json', '--yes'], options);
	const document = JSON.parse(stdout);
	const steps: Step[] = document.chapters.flatMap(({steps}: {steps: Step[]}) => steps);
	const failed = steps.filter(({verdict}) => verdict !== 'passed').map(({id, reason}) => `${id}: ${reason}`);
	return {document, steps, failed, stderr, exitCode};
};

/** Where the shipped workshop is run, and not the smallest one: once for each kind of context. */
const shipped = new Set(['a selected context', 'a context with TLS']);
const small = writeSmallWorkshop();

const isPossible = ({needs}: Way, engineName: string) => needs === undefined || engineName !== '20';

engineTests((declare, engineName) => {
	for (const way of ways.filter(one => isPossible(one, engineName))) {
		declare(`by ${way.title}, doctor, run, check and cleanup say the same`, async (t, engine) => {
			await engine.clean();
			const env = await way.open(engine, t);
			const place = {env, home: temporaryFolder(), cwd: temporaryFolder(), timeout: 600_000};
			const doctor = await runCli(['doctor', '--json'], place);
			const findings = readFindings(t, doctor.stdout, doctor.exitCode);
			t.regex(findings.map(({reason}) => reason).join('\n'), way.says);
			if (engineName === '26' && shipped.has(way.title)) {
				const {failed, stderr} = await rehearse(isDeep ? [] : ['buildkit'], place);
				t.deepEqual(failed, [], stderr);
			}
			const {steps, failed, stderr, exitCode} = await rehearse(['small', ...small.trusted], place);
			t.deepEqual(failed, [], stderr);
			t.is(doctor.exitCode, exitCode, doctor.stdout);
			t.true(steps.some(({id, builder}) => id === 'build' && builder === 'buildkit'));
			const check = await runCli(['check', '--json', ...small.trusted], place);
			t.like(JSON.parse(check.stdout), {finding: 'not-waiting'}, check.stderr);
			const cleanup = await runCli(['cleanup', '--json', '--yes', ...small.named], place);
			const removed: Array<{name: string}> = JSON.parse(cleanup.stdout).removed;
			t.true(removed.some(({name}) => name === 'small:latest'));
			t.is(await engine.docker('image', 'ls', '-q', '-f', 'reference=small'), '');
		});
	}

	const overSsh = 'by a context over ssh, doctor and run say the same, after a typed yes';
	declareOverSsh(declare, engineName, overSsh, async (t, engine) => {
		await engine.clean();
		const {host, client} = await openSshServer(t, engine);
		const {PATH = ''} = withPrograms(engine, {ssh: client});
		const env = await inContext({...engine, env: {...engine.env, PATH}}, 'over-ssh', `host=${host}`);
		const says = /ssh:\/\/root@127\.0\.0\.1:\d+, through the context `over-ssh`\. It is not on this machine/;
		const findings = await isDiagnosed(t, {env}, {id: 'engine', verdict: 'passed', says});
		t.deepEqual(failedIds(findings), []);
		const terminal = openTerminal({env, args: ['run', 'small', ...small.trusted, '--yes']});
		await terminal.waitFor('May the workshop use it?');
		terminal.press(`y${keys.enter}`);
		await terminal.waitFor(/Every step passed: \d+ steps\./, 300_000);
		t.is((await terminal.exited).exitCode, 0);
	});

	declare('the doctor leaves no image and no container behind', async (t, engine) => {
		await engine.clean();
		const list = async () =>
			[await engine.docker('image', 'ls', '-aq'), await engine.docker('ps', '-aq')].map(ids =>
				ids.split('\n').sort(),
			);
		const before = await list();
		const {exitCode, stdout} = await runCli(['doctor'], {env: await inContext(engine, 'in-force')});
		t.is(exitCode, 0, stdout);
		t.deepEqual(await list(), before);
	});

	declare('a context that is gone is named by every command, with what to run', async (t, engine) => {
		const selected = await withContext(engine, 'gone');
		await dockerIn(selected, 'context', 'use', 'gone');
		const own = `${selected.DOCKER_CONFIG}/contexts`;
		rmSync(own, {recursive: true});
		for (const env of [selected, {...withoutHost(engine), DOCKER_CONTEXT: 'gone'}]) {
			for (const args of [['run', 'buildkit', '--yes'], ['check'], ['cleanup', '--yes']]) {
				const {stderr, exitCode} = await runCli(args, {env});
				t.is(exitCode, 3, stderr);
				t.regex(stderr, /The Docker context `gone` does not exist\..*docker --context default context ls/s);
			}
			await isDiagnosed(t, {env}, {id: 'engine', verdict: 'failed', says: /context `gone` does not exist/});
		}
		// What is said to help does.
		await dockerIn(selected, '--context', 'default', 'context', 'use', 'default');
		t.is(await dockerIn(selected, 'context', 'inspect', '--format', '{{.Name}}'), 'default');
	});

	if (engineName === '20') return;
	declare(
		'a builder with the name of the context is found by the doctor, which starts nothing',
		async (t, engine) => {
			const making = await inContext(engine, 'other');
			await dockerIn(making, 'buildx', 'create', '--name', 'twice', '--driver', 'docker-container');
			await dockerIn(making, 'context', 'create', 'twice', '--docker', `host=${engine.env.DOCKER_HOST}`);
			const env = {...making, DOCKER_CONTEXT: 'twice'};
			await isDiagnosed(
				t,
				{env},
				{id: 'builder', verdict: 'failed', says: /called twice, .*hides.*docker buildx rm twice/},
			);
			t.is(await engine.docker('ps', '-aq'), '', 'the doctor has started no builder');
		},
	);
}, everyEngine);
