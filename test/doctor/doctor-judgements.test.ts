import test from 'ava';
import type {DoctorFinding} from '../../source/doctor/finding.js';
import {type Cli, doctorIds, findingStatus, type Judgement} from '../../source/doctor/finding.js';
import {
	judgeBuilder,
	judgeBuildKit,
	judgeLegacyBuilder,
	judgePodman,
} from '../../source/doctor/findings/builders.js';
import {judgeNames} from '../../source/doctor/findings/conflicts.js';
import {judgeDisk} from '../../source/doctor/findings/disk.js';
import {judgePlatform} from '../../source/doctor/findings/images.js';
import {judgeCli, judgeCurl, judgeNode} from '../../source/doctor/findings/programs.js';
import {selectLacksBuilder, selectReadiness} from '../../source/session/select.js';

const judged = test.macro((t, judgement: Judgement, verdict: Judgement['verdict'], says: RegExp) => {
	t.is(judgement.verdict, verdict, judgement.reason);
	t.regex(`${judgement.reason} ${judgement.next}`, says);
});

for (const version of ['18.20.4', '20.18.3', '16.0.0']) {
	test(`Node ${version} is too old`, judged, judgeNode(version), 'failed', /too old.*install Node 20\.19/);
}
for (const version of ['20.19.0', '22.0.0', '24.1.0']) {
	test(`Node ${version} runs the program`, judged, judgeNode(version), 'passed', /runs the program/);
}

const size = (free: number | null) => ({what: 'the engine', folder: '/var/lib/docker', free, least: 1e9});
test(
	'an engine with little room',
	judged,
	judgeDisk([size(4e8)]),
	'failed',
	/400 MB left.*\/var\/lib\/docker.*1 GB/,
);
test('an engine with room', judged, judgeDisk([size(4e9)]), 'passed', /4 GB for the engine/);
test('room that nobody tells', judged, judgeDisk([size(null)]), 'unknown', /no way to see/);

const said = (stderr: string, exitCode: number | null = 1) =>
	judgeLegacyBuilder({value: {stdout: '', stderr, exitCode}, trouble: null});
test(
	'a legacy builder that complains is there',
	judged,
	said(
		'DEPRECATED: soon\n\nError response from daemon: dockerfile parse error line 1: unknown instruction: THIS',
	),
	'passed',
	/is there/,
);
test(
	'a legacy builder that is gone',
	judged,
	said('ERROR: unknown builder.'),
	'failed',
	/says: ERROR: unknown builder\. /,
);
for (const [title, words] of [
	[
		'plain',
		'#1 [internal] load build definition from Dockerfile\n#1 DONE 0.0s\nERROR: failed to build: failed to solve: dockerfile parse error on line 1: unknown instruction: THIS',
	],
	['quiet', 'ERROR: failed to solve: dockerfile parse error on line 1: unknown instruction: THIS'],
] as const) {
	test(
		`a docker command that builds with BuildKit whatever it is told, ${title} (by hand: none does so yet)`,
		judged,
		said(words),
		'failed',
		/^The legacy builder is gone: the docker command builds with BuildKit even with `DOCKER_BUILDKIT=0`\. play the recording/,
	);
}
test('a legacy builder that does not answer', judged, said('', null), 'unknown', /does not answer/);

const answer = (stdout: string, exitCode: number | null = 0, stderr = '') =>
	({value: {stdout, stderr, exitCode}, trouble: null}) as const;
const cli26 = {value: {version: '26.1.5', buildx: '0.13.1'} as Cli, trouble: null};
const builder = (name: string, driver: string) =>
	answer(`Name:          ${name}\nDriver:        ${driver}\n`);
const inspected = (own: ReturnType<typeof answer> | null, selected = builder('colima', 'docker')) =>
	judgeBuilder(cli26, {own, selected, context: 'colima'});
test(
	'the builder of the engine',
	judged,
	inspected(builder('colima', 'docker')),
	'passed',
	/own builder colima\. null$/,
);
test('the builder of an engine that is away', judged, inspected(null), 'unknown', /no engine answers/);
test(
	'a builder in a container is passed over, and said so',
	judged,
	inspected(builder('colima', 'docker'), builder('mine', 'docker-container')),
	'passed',
	/passes over the builder mine, .*by docker-container/,
);
test(
	'a builder that can’t be used is passed over, and said so',
	judged,
	inspected(builder('colima', 'docker'), answer('', 1, 'ERROR: no builder "x" found')),
	'passed',
	/passes over .*no builder "x" found/,
);
test(
	'a builder in a container that has the name of the context',
	judged,
	inspected(builder('colima', 'docker-container')),
	'failed',
	/called colima, .*hides .*docker buildx rm colima/,
);
test(
	'an own builder that buildx refuses',
	judged,
	inspected(answer('', 1, 'ERROR: use `docker --context=default buildx`')),
	'failed',
	/can’t be used: ERROR: use/,
);
const built = (stderr: string, exitCode: number | null) => judgeBuildKit(cli26, answer('', exitCode, stderr));
test('a build with BuildKit that ends well', judged, built('', 0), 'passed', /BuildKit builds/);
test(
	'a build with BuildKit that fails',
	judged,
	built('#1 begins\nERROR: no way.\n', 1),
	'failed',
	/does not build.* says: no way\. /,
);
test('a build with BuildKit that does not end', judged, built('', null), 'unknown', /come to its end/);
test('no engine for the legacy builder', judged, judgeLegacyBuilder(null), 'unknown', /no engine/);

const ours = `sha256:${'1'.repeat(64)}`;
const names = {imageNames: ['simple:latest'], containerNames: ['whoami1']};
const things = {
	value: {
		images: {'simple:latest': ours},
		containers: [{id: 'abc', name: 'whoami1', imageId: ours, image: 'simple', hostPorts: []}],
	},
	trouble: null,
};
test(
	'names that the workshop gave',
	judged,
	judgeNames(names, things, [
		{kind: 'image', engine: 'e', id: ours},
		{kind: 'name', engine: 'e', name: 'simple:latest', id: ours, before: null},
	]),
	'passed',
	/No image or container of yours/,
);
test(
	'names of an image and a container that somebody else gave',
	judged,
	judgeNames(names, things, []),
	'failed',
	/simple:latest is yours.*whoami1.*docker rename whoami1/,
);

const onlyImage = {...things, value: {...things.value, containers: []}};
test(
	'a name of an image that somebody else gave is a warning: the build asks',
	(t, judgement: Judgement) => {
		t.is(findingStatus(judgement), 'warning');
		t.regex(`${judgement.reason} ${judgement.next}`, /simple:latest is yours.*the build asks.*docker tag/);
	},
	judgeNames(names, onlyImage, []),
);

test('a warning does not stand in the way', t => {
	const found = doctorIds.map(id => ({
		id,
		...(id === 'names'
			? judgeNames(names, onlyImage, [])
			: {verdict: 'passed' as const, reason: '', next: null}),
	}));
	t.is(selectReadiness(found), 'ready');
});

const findings = (changed: Partial<Record<string, DoctorFinding['verdict']>>): DoctorFinding[] =>
	doctorIds.map(id => ({id, verdict: changed[id] ?? 'passed', reason: '', next: null}));
const readiness = test.macro((t, found: DoctorFinding[], expected: ReturnType<typeof selectReadiness>) => {
	t.is(selectReadiness(found), expected);
});
test('a machine is ready when all passed', readiness, findings({}), 'ready');
test(
	'what can be done without may be unknown',
	readiness,
	findings({disk: 'unknown', terminal: 'unknown', ports: 'unknown'}),
	'ready',
);
test('what is needed may not be unknown', readiness, findings({engine: 'unknown'}), 'not-ready');
test('nothing may have failed', readiness, findings({disk: 'failed'}), 'not-ready');
test('as long as findings are missing it is looked', readiness, findings({}).slice(1), 'looking');
test(
	'what stands in the way is said before all is known',
	readiness,
	findings({images: 'failed'}).slice(7),
	'not-ready',
);

test('curl that is not there', judged, judgeCurl(true, {version: null, isSlow: false}), 'failed', /PATH/);
test(
	'curl that nothing calls',
	judged,
	judgeCurl(false, {version: null, isSlow: false}),
	'passed',
	/not call it/,
);
test(
	'curl that does not answer in time',
	judged,
	judgeCurl(true, {version: null, isSlow: true}),
	'unknown',
	/busy/,
);

const cli = {value: {version: '26.1.5', buildx: '0.13.1'} as Cli, trouble: null};
test('a CLI in a usual environment', judged, judgeCli(cli, {}), 'passed', /26\.1\.5/);
test(
	'a CLI that wants signed images',
	judged,
	judgeCli(cli, {DOCKER_CONTENT_TRUST: '1'}),
	'failed',
	/`unset DOCKER_CONTENT_TRUST`/,
);

const platforms = (text: string) => ({
	value: {stdout: `Platforms: ${text}\n`, stderr: '', exitCode: 0},
	trouble: null,
});
for (const [asked, listed, isRefused] of [
	['linux/arm64', 'linux/amd64, linux/amd64/v2, linux/386', true],
	['banana', 'linux/amd64', true],
	['linux/amd64', '', false],
	['linux/arm64', 'linux/amd64*, linux/arm64*', false],
	['linux/arm', 'linux/amd64, linux/arm/v7', false],
] as const) {
	test(`an engine of linux/amd64 with “${listed}” and DOCKER_DEFAULT_PLATFORM=${asked}`, t => {
		t.is(judgePlatform(asked, 'linux/amd64', platforms(listed))?.verdict, isRefused ? 'failed' : undefined);
	});
}

test(
	'a folder that can’t be written to',
	judged,
	judgeDisk([{...size(4e9), folder: '/home/ann/.local/state', isLocked: true}]),
	'failed',
	/Nothing can be written to \/home\/ann/,
);

for (const id of ['legacy-builder', 'buildkit'] as const) {
	test(`Podman does not have what \`${id}\` is about, and that is a warning`, t => {
		const judgement = judgePodman(id, '5.4.2', null);
		t.is(findingStatus(judgement), 'warning');
		t.regex(judgement.reason, /Podman 5\.4\.2 does not have/);
	});
}
const toldByPodman = (stderr: string, exitCode: number | null = 125) => ({
	value: {stdout: '', stderr, exitCode},
	trouble: null,
});
test(
	'Buildah builds',
	judged,
	judgePodman(
		'builder',
		'5.4.2',
		toldByPodman('building at STEP "THIS ": Build error: Unknown instruction: "THIS" …'),
	),
	'passed',
	/builds with Buildah/,
);
test(
	'Podman that can’t build',
	judged,
	judgePodman('builder', '5.4.2', toldByPodman('Error: no space left on device.')),
	'failed',
	/Podman does not build; it says: no space left on device\./,
);
test(
	'Podman that does not answer',
	judged,
	judgePodman('builder', '5.4.2', toldByPodman('', null)),
	'unknown',
	/does not answer/,
);
test('only a machine without Docker’s builders is ready for some steps alone', t => {
	const finding = (id: DoctorFinding['id'], next: string | null): DoctorFinding => ({
		id,
		verdict: 'passed',
		reason: '',
		next,
	});
	t.true(selectLacksBuilder([finding('buildkit', 'see the recording')]));
	t.false(selectLacksBuilder([finding('buildkit', null), finding('names', 'rename it')]));
});
