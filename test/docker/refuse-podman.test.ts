import test from 'ava';
import {podmanVersion, refusePodman} from '../../source/engine/refuse-podman.js';
import {UserError} from '../../source/text/user-error.js';

const endpoint = 'unix:///run/podman/podman.sock';

// As Docker 20.10 to 28.5 and Podman 5.4.2 and 5.8.6 name them.
const components = (...names: string[]) => ({Version: '5.4.2', Components: names.map(Name => ({Name}))});

for (const [title, version] of [
	['Docker', components('Engine', 'containerd', 'runc', 'docker-init')],
	['an engine without components', {Version: '20.10.24'}],
	['an engine whose components are null', {Version: '20.10.24', Components: null}],
] as const) {
	test.serial(`${title} is not refused`, t => t.notThrows(() => refusePodman({...version}, endpoint)));
}

test.serial('Podman is refused by its name and version, and the recording is offered', t => {
	const error = t.throws(
		() => refusePodman(components('Podman Engine', 'Conmon', 'OCI Runtime (runc)'), endpoint),
		{
			instanceOf: UserError,
			message: /^The engine at unix:\/\/\/run\/podman\/podman\.sock is Podman 5\.4\.2/,
		},
	);
	t.regex(error?.next ?? '', /--replay/);
});

test.serial('a docker command that is Podman tells its version as Podman', t => {
	t.is(podmanVersion('podman version 5.4.2'), '5.4.2');
	t.is(podmanVersion('Docker version 26.1.5+dfsg1, build a72d7cd'), null);
});
