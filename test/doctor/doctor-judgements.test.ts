import test from 'ava';
import type {Judgement} from '../../source/doctor/finding.js';
import {builder, buildkit, legacyBuilder} from '../../source/doctor/findings/builders.js';
import {names} from '../../source/doctor/findings/conflicts.js';
import {disk} from '../../source/doctor/findings/disk.js';
import {images} from '../../source/doctor/findings/images.js';
import {curl, dockerCli, node} from '../../source/doctor/findings/programs.js';
import {terminal} from '../../source/doctor/findings/terminal.js';
import type {ProbeResult} from '../../source/doctor/machine.js';
import {type DoctorFinding, doctorIds, findingStatus} from '../../source/doctor/registry.js';
import type {DockerOutput} from '../../source/engine/docker-cli.js';
import {selectLacksBuilder, selectReadiness} from '../../source/session/select.js';
import type {DockerCli} from '../../source/stages/builders.js';

type BuilderOutput = ProbeResult<DockerOutput> | null;

const judged = test.macro((t, judgement: Judgement, verdict: Judgement['verdict'], says: RegExp) => {
	t.is(judgement.verdict, verdict, judgement.reason);
	t.regex(`${judgement.reason} ${judgement.next}`, says);
});

for (const version of ['18.20.4', '20.18.3', '16.0.0']) {
	test(`Node ${version} is too old`, judged, node.judge(version), 'failed', /too old.*install Node 20\.19/);
}
for (const version of ['20.19.0', '22.0.0', '24.1.0']) {
	test(`Node ${version} runs the program`, judged, node.judge(version), 'passed', /runs the program/);
}

const screen = (columns: number, rows: number, says = {}): Judgement =>
	terminal.judge({
		stream: {columns, rows} as NodeJS.WriteStream & {fd: 1},
		isDumb: false,
		isUtf8: true,
		...says,
	});
test('a terminal with too few rows', judged, screen(80, 9), 'failed', /80 columns and 9 rows.*at least 40/);
test('a terminal with too few columns', judged, screen(30, 24), 'failed', /30 columns.*larger/);
test(
	'a terminal without UTF-8',
	judged,
	screen(120, 40, {isUtf8: false}),
	'failed',
	/not UTF-8.*LANG=C\.UTF-8/,
);
test(
	'a terminal that can’t move its cursor',
	judged,
	screen(80, 24, {isDumb: true}),
	'passed',
	/plain lines/,
);
test('a terminal as it should be', judged, screen(120, 40), 'passed', /120 columns and 40 rows/);

const size = (free: number | null) => ({
	purpose: 'engine' as const,
	folder: '/var/lib/docker',
	free,
	needed: 1e9,
	isLocked: false,
});
test(
	'an engine with little room',
	judged,
	disk.judge([size(4e8)]),
	'failed',
	/400 MB left.*\/var\/lib\/docker.*1 GB/,
);
test('an engine with room', judged, disk.judge([size(4e9)]), 'passed', /4 GB for the engine/);
test('room that nobody tells', judged, disk.judge([size(null)]), 'unknown', /no way to see/);

const said = (stderr: string, exitCode: number | null = 1) =>
	legacyBuilder.judge({podman: null, build: {value: {stdout: '', stderr, exitCode}, trouble: null}});
test(
	'a legacy builder that complains is there',
	judged,
	said(
		'DEPRECATED: soon\n\nError response from daemon: dockerfile parse error line 1: unknown instruction: THIS',
	),
	'passed',
	/is available/,
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
const cli: DockerCli = {version: '26.1.5', buildx: '0.13.1'};
const described = (name: string, driver: string) =>
	answer(`Name:          ${name}\nDriver:        ${driver}\n`);
const docker = {podman: null, buildahBuild: null};
const inspected = (own: BuilderOutput, selected = described('colima', 'docker')) =>
	builder.judge({...docker, cli, own, selected: selected.value, context: 'colima'});
test(
	'the builder of the engine',
	judged,
	inspected(described('colima', 'docker')),
	'passed',
	/own builder colima\. null$/,
);
test('the builder of an engine that is away', judged, inspected(null), 'unknown', /no engine answers/);
test(
	'a builder in a container is passed over, and said so',
	judged,
	inspected(described('colima', 'docker'), described('mine', 'docker-container')),
	'passed',
	/ignores the builder mine, .*driver docker-container/,
);
test(
	'a builder that can’t be used is passed over, and said so',
	judged,
	inspected(described('colima', 'docker'), answer('', 1, 'ERROR: no builder "x" found')),
	'passed',
	/ignores .*no builder "x" found/,
);
test(
	'a builder in a container that has the name of the context',
	judged,
	inspected(described('colima', 'docker-container')),
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
const built = (stderr: string, exitCode: number | null) =>
	buildkit.judge({podman: null, cli, build: answer('', exitCode, stderr)});
test('a build with BuildKit that ends well', judged, built('', 0), 'passed', /BuildKit builds/);
test(
	'a build with BuildKit that fails',
	judged,
	built('#1 begins\nERROR: no way.\n', 1),
	'failed',
	/does not build.* says: no way\. /,
);
test('a build with BuildKit that does not end', judged, built('', null), 'unknown', /never finishes/);
test(
	'no engine for the legacy builder',
	judged,
	legacyBuilder.judge({podman: null, build: null}),
	'unknown',
	/no engine/,
);

const ours = `sha256:${'1'.repeat(64)}`;
const needed = {hostPorts: [], callsCurl: false, imageNames: ['simple:latest'], containerNames: ['whoami1']};
const objects = {
	value: {
		images: {'simple:latest': ours},
		containers: [{id: 'abc', name: 'whoami1', imageId: ours, image: 'simple', hostPorts: []}],
	},
	trouble: null,
};
test(
	'names that the workshop gave',
	judged,
	names.judge({
		...needed,
		objects,
		ledgerEntries: [
			{kind: 'image', engine: 'e', id: ours},
			{kind: 'name', engine: 'e', name: 'simple:latest', id: ours, before: null},
		],
	}),
	'passed',
	/No image or container of yours/,
);
test(
	'names of an image and a container that somebody else gave',
	judged,
	names.judge({...needed, objects, ledgerEntries: []}),
	'failed',
	/simple:latest is yours.*whoami1.*docker rename whoami1/,
);

const onlyImage = {...objects, value: {...objects.value, containers: []}};
test(
	'a name of an image that somebody else gave is a warning: the build asks',
	(t, judgement: Judgement) => {
		t.is(findingStatus(judgement), 'warning');
		t.regex(`${judgement.reason} ${judgement.next}`, /simple:latest is yours.*the build asks.*docker tag/);
	},
	names.judge({...needed, objects: onlyImage, ledgerEntries: []}),
);

test('a warning does not stand in the way', t => {
	const found = doctorIds.map(id => ({
		id,
		...(id === 'names'
			? names.judge({...needed, objects: onlyImage, ledgerEntries: []})
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

test(
	'curl that is not there',
	judged,
	curl.judge({isNeeded: true, version: null, isSlow: false}),
	'failed',
	/PATH/,
);
test(
	'curl that nothing calls',
	judged,
	curl.judge({isNeeded: false, version: null, isSlow: false}),
	'passed',
	/does not use it/,
);
test(
	'curl that does not answer in time',
	judged,
	curl.judge({isNeeded: true, version: null, isSlow: true}),
	'unknown',
	/busy/,
);

const foundCli = {value: cli, trouble: null};
test('a CLI in a usual environment', judged, dockerCli.judge({cli: foundCli, env: {}}), 'passed', /26\.1\.5/);
test(
	'a CLI that wants signed images',
	judged,
	dockerCli.judge({cli: foundCli, env: {DOCKER_CONTENT_TRUST: '1'}}),
	'failed',
	/`unset DOCKER_CONTENT_TRUST`/,
);

for (const [asked, listed, isRefused] of [
	['linux/arm64', 'linux/amd64, linux/amd64/v2, linux/386', true],
	['banana', 'linux/amd64', true],
	['linux/amd64', '', false],
	['linux/arm64', 'linux/amd64*, linux/arm64*', false],
	['linux/arm', 'linux/amd64, linux/arm/v7', false],
] as const) {
	test(`an engine of linux/amd64 with “${listed}” and DOCKER_DEFAULT_PLATFORM=${asked}`, t => {
		const {verdict, reason} = images.judge({
			wanted: [],
			missing: [],
			platform: {asked, own: 'linux/amd64', inspected: `Platforms: ${listed}\n`},
			pack: null,
			isPodman: false,
			refusals: {},
			trouble: null,
		});
		t.is(verdict, isRefused ? 'failed' : 'passed', reason);
	});
}

test(
	'a folder that can’t be written to',
	judged,
	disk.judge([{...size(4e9), folder: '/home/ann/.local/state', isLocked: true}]),
	'failed',
	/Nothing can be written to \/home\/ann/,
);

const podman = '5.4.2';
for (const [id, judgement] of [
	['legacy-builder', legacyBuilder.judge({podman, build: null})],
	['buildkit', buildkit.judge({podman, cli, build: null})],
] as const) {
	test(`Podman does not have what \`${id}\` is about, and that is a warning`, t => {
		t.is(findingStatus(judgement), 'warning');
		t.regex(judgement.reason, /Podman 5\.4\.2 does not have/);
	});
}
const saidByPodman = (stderr: string, exitCode: number | null = 125) =>
	builder.judge({
		podman,
		buildahBuild: answer('', exitCode, stderr),
		cli,
		own: null,
		selected: null,
		context: 'default',
	});
test(
	'Buildah builds',
	judged,
	saidByPodman('building at STEP "THIS ": Build error: Unknown instruction: "THIS" …'),
	'passed',
	/builds with Buildah/,
);
test(
	'Podman that can’t build',
	judged,
	saidByPodman('Error: no space left on device.'),
	'failed',
	/Podman does not build; it says: no space left on device\./,
);
test('Podman that does not answer', judged, saidByPodman('', null), 'unknown', /does not answer/);
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
