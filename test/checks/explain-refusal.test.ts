import test from 'ava';
import type {Fact} from '../../source/checks/model.js';
import {gives, hint, withWhoami} from './gives-finding.js';
import {run} from './sample-facts.js';

const refused = (stderr: string): Fact[] => withWhoami(run({exitCode: 125, stderr}));

test(
	'-port before the image name',
	gives,
	refused("docker: Invalid containerPort: ort.\nSee 'docker run --help'.\n"),
	{finding: 'refused', says: ['Invalid containerPort: ort', 'before the image name', 'whoami -port 5000']},
);
test(
	'-port before the image name, as Docker 28 says it',
	gives,
	refused("docker: invalid containerPort: ort\n\nRun 'docker run --help' for more information\n"),
	{finding: 'refused', says: ['before the image name']},
);
test('a port that is none', gives, refused("docker: Invalid hostPort: 99999.\nSee 'docker run --help'.\n"), {
	finding: 'refused',
	says: ['`99999`'],
});
test(
	'a container name that is taken',
	gives,
	refused(
		'docker: Error response from daemon: Conflict. The container name "/whoami1" is already in use by container "986eed4493e3". You have to remove (or rename) that container to be able to reuse that name.\nSee \'docker run --help\'.\n',
	),
	{finding: 'refused', says: ['docker rm -f whoami1']},
);
test(
	'an image that is nowhere',
	gives,
	refused(
		'Unable to find image \'whoamy:latest\' locally\ndocker: Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp: no such host.\n',
	),
	{finding: 'refused', says: ['whoamy:latest', 'docker image ls']},
);
test(
	'a flag that Docker does not know',
	gives,
	refused("unknown flag: --portt\nSee 'docker run --help'.\n"),
	{finding: 'refused', says: ['--portt']},
);
test(
	'an image name in capitals',
	gives,
	refused('docker: invalid reference format: repository name (library/Whoami) must be lowercase.\n'),
	{finding: 'refused', says: ['lower case']},
);
test(
	'a refusal that nobody knows is quoted',
	gives,
	refused('docker: Error response from daemon: the moon is full.\n'),
	{finding: 'refused', says: ['the moon is full'], next: hint},
);
