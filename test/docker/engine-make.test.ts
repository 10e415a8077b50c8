import test from 'ava';
import {judgeEngine} from '../../source/commands/doctor/judge-engine.js';
import {engineIdOf, makeOf} from '../../source/engine/engine-make.js';

// As Podman 5.4.2 and 5.8.6, and Docker 20.10 to 28.5 name them.
const names = {
	podman: ['Podman Engine', 'Conmon', 'OCI Runtime (runc)'],
	docker: ['Engine', 'containerd', 'runc', 'docker-init'],
} as const;

for (const make of ['podman', 'docker'] as const) {
	test(`the components of ${make} tell who answers`, t => {
		t.is(makeOf({Components: names[make].map(Name => ({Name}))}), make);
	});
}

test('an engine that lists no components is Docker', t => {
	t.is(makeOf({}), 'docker');
	t.is(makeOf({Components: null}), 'docker');
});

const info = {
	Name: 'vm',
	ServerVersion: '5.4.2',
	DriverStatus: null,
	SystemTime: '2026-11-29T17:00:00Z',
	DockerRootDir: '/home/learner/.local/share/containers/storage',
	OperatingSystem: 'debian',
	OSType: 'linux',
	Architecture: 'amd64',
};
const first = {...info, ID: 'bad54a98-5b7d-4345-84fa-6d2138e635b7'};
const second = {...info, ID: '4254dde6-7b60-44b4-b314-9edf31c717de'};

test('Podman is one engine however often it changes its ID, Docker is another one', t => {
	t.is(engineIdOf('podman', first), engineIdOf('podman', second));
	t.not(engineIdOf('podman', first), engineIdOf('podman', {...first, DockerRootDir: '/var/lib/containers'}));
	t.is(engineIdOf('docker', first), first.ID);
});

test('the doctor never calls Podman ready, and offers the recording', t => {
	const look = {
		id: 'podman:vm:/data',
		make: 'podman',
		version: '5.4.2',
		endpoint: 'unix:///run/podman/podman.sock',
		local: true,
		address: '127.0.0.1',
		...{context: 'default', environment: {}, inContainer: false, platform: 'linux/amd64'},
		dataFolder: null,
		things: async () => ({images: {}, containers: []}),
		askRegistry: async () => null,
	} as const;
	const {verdict, reason, next} = judgeEngine({value: look, trouble: null}, null);
	t.is(verdict, 'failed');
	t.regex(reason, /is Podman 5\.4\.2/);
	t.regex(next ?? '', /--replay/);
});
