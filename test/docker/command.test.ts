import test from 'ava';
import {parseDockerCommand} from '../../source/docker/command.js';
import {explainUntraceable, readEffects} from '../../source/docker/effects.js';

const read = (line: string) => {
	const command = parseDockerCommand(line.split(' '));
	if (!command) throw new Error(`${line} is no docker command`);
	return command;
};

const verbs: Array<[string, string, string?]> = [
	['docker run alpine', 'run', 'alpine'],
	['docker container run alpine', 'run', 'alpine'],
	['docker --debug run alpine', 'run', 'alpine'],
	['docker -D -H tcp://far:2375 --context=x container run alpine', 'run', 'alpine'],
	['docker -l debug --tlsverify run alpine', 'run', 'alpine'],
	['sudo docker run alpine', 'run', 'alpine'],
	['/usr/local/bin/docker run alpine', 'run', 'alpine'],
	['C:\\Docker\\docker.exe run alpine', 'run', 'alpine'],
	['docker image build .', 'build', '.'],
	['docker builder build .', 'build', '.'],
	['docker buildx b .', 'build', '.'],
	['docker buildx --builder x build .', 'build', '.'],
	['docker buildx bake a', 'buildx bake', 'a'],
	['docker images', 'image ls'],
	['docker image list', 'image ls'],
	['docker rmi a', 'image rm', 'a'],
	['docker container ls', 'ps'],
	['docker container commit a', 'commit', 'a'],
	['docker container inspect a', 'container inspect', 'a'],
	['docker inspect a', 'inspect', 'a'],
	['docker image import a.tar', 'import', 'a.tar'],
	['docker network create a', 'network create', 'a'],
	['docker volume', 'volume'],
	['docker compose -f other.yaml up web', 'compose up', 'web'],
	['docker', ''],
	['docker --version', ''],
];
for (const [line, verb, first] of verbs) {
	test.serial(`\`${line}\` is \`${verb}\``, t => {
		const command = read(line);
		t.is(command.verb, verb);
		t.is(command.operands[0], first);
		t.deepEqual(line.split(' ').slice(command.argsAt), command.args);
	});
}

test.serial('other programs are no docker', t => {
	for (const line of ['podman run a', 'dockerd', 'docker-compose up', '', 'sudo', 'echo docker run a']) {
		t.is(parseDockerCommand(line.split(' ')), null, line);
	}
});

const flags: Array<[string, Record<string, string>, string[]]> = [
	[
		'docker run -itd alpine sh -c id',
		{interactive: 'true', tty: 'true', detach: 'true'},
		['alpine', 'sh', '-c', 'id'],
	],
	['docker run -dP --name=x whoami', {detach: 'true', 'publish-all': 'true', name: 'x'}, ['whoami']],
	['docker run --detach=true -m 512m a', {detach: 'true', memory: '512m'}, ['a']],
	['docker run --detach=false a', {detach: 'false'}, ['a']],
	['docker run -dp8050:80 a', {detach: 'true', publish: '8050:80'}, ['a']],
	['docker run -p=8050:80 a', {publish: '8050:80'}, ['a']],
	['docker run -h web -- a --name b', {hostname: 'web'}, ['a', '--name', 'b']],
	['docker run --name -d a', {name: '-d'}, ['a']],
	['docker run --net host --pull always a', {net: 'host', pull: 'always'}, ['a']],
	['docker build -qt a:1 ./app', {quiet: 'true', tag: 'a:1'}, ['./app']],
	['docker build ./app -f=app/other --target test', {file: 'app/other', target: 'test'}, ['./app']],
	['docker build ./app -m 512m --pull', {memory: '512m', pull: 'true'}, ['./app']],
	['docker build --target= ./app', {target: ''}, ['./app']],
	['docker build --load -o type=docker -- -app', {load: 'true', output: 'type=docker'}, ['-app']],
	['docker build --no-cache - -t a', {'no-cache': 'true', tag: 'a'}, ['-']],
	['docker exec -it web sh -l', {interactive: 'true', tty: 'true'}, ['web', 'sh', '-l']],
	['docker load -qi a.tar', {quiet: 'true', input: 'a.tar'}, []],
	['docker volume create -d local a -o b=c', {driver: 'local', opt: 'b=c'}, ['a']],
];
for (const [line, given, operands] of flags) {
	test.serial(`the flags of \`${line}\``, t => {
		const command = read(line);
		t.is(command.refusal, null);
		t.deepEqual(Object.fromEntries(command.flags.given.map(({name, value}) => [name, value])), given);
		t.deepEqual(command.operands, operands);
	});
}

test.serial('what the CLI refuses is said in its words, and read as far as possible', t => {
	t.is(read('docker run --nmae x a').refusal, 'unknown flag: --nmae');
	t.is(read('docker build -z .').refusal, "unknown shorthand flag: 'z' in -z");
	t.is(read('docker build -t').refusal, "flag needs an argument: 't' in -t");
	t.is(read('docker --nonsense run a').refusal, 'unknown flag: --nonsense');
	const newer = read('docker build --from-the-future -t a ./app');
	t.is(newer.flags.last('tag'), 'a');
	t.deepEqual(newer.operands, ['./app']);
});

const makes: Array<[string, Partial<ReturnType<typeof readEffects>>]> = [
	[
		'docker container run -d --name a x',
		{container: {name: 'a', detached: true}, images: 'pull', names: ['x:latest']},
	],
	['docker create --name=a x', {container: {name: 'a', detached: false}}],
	['docker run -v data:/x -v /y -v ./z:/z:ro -v ./w:/w x', {volumes: ['data'], mounts: ['./w']}],
	['docker run --mount type=volume,src=data,dst=/x x', {volumes: ['data'], mounts: []}],
	['docker run --mount source=data,target=/x,readonly x', {volumes: ['data']}],
	['docker run --mount type=bind,source=/a,target=/x x', {volumes: [], mounts: ['/a']}],
	['docker run --mount type=bind,source=/a,target=/x,ro x', {mounts: []}],
	['docker run --mount type=tmpfs,target=/x x', {volumes: [], mounts: []}],
	['docker run -v C:\\data:/x x', {volumes: [], mounts: ['C:\\data']}],
	['docker build -t a -t b:1 .', {images: 'build', names: ['a:latest', 'b:1'], files: []}],
	['docker build -o out .', {files: ['out']}],
	['docker build -o - .', {files: []}],
	['docker build --output type=local,dest=out .', {files: ['out']}],
	['docker build --output type=tar,dest=- .', {files: []}],
	['docker build --output type=image,name=a .', {names: ['a:latest'], files: []}],
	['docker build --iidfile id --cache-to type=local,dest=cache .', {files: ['cache', 'id']}],
	['docker buildx bake', {images: 'bake'}],
	['docker commit web a', {images: 'output', names: ['a:latest']}],
	['docker import a.tar', {images: 'output', names: []}],
	['docker load -i a.tar', {images: 'load'}],
	['docker pull a@sha256:0', {images: 'pull', names: []}],
	['docker image tag a b', {images: null, names: ['b:latest']}],
	['docker volume create', {volumes: [], printsVolume: true}],
	['docker volume create a', {volumes: ['a'], printsVolume: false}],
	['docker network create -d bridge a', {networks: ['a']}],
	['docker save -o a.tar x', {files: ['a.tar']}],
	['docker export web --output=a.tar', {files: ['a.tar']}],
	['docker compose -f shop.yaml build --no-cache web', {images: 'bake', names: []}],
	['docker cp web:/a ./b', {files: ['./b']}],
	['docker cp ./b web:/a', {files: []}],
	['docker cp web:/a -', {files: []}],
	['docker --context other volume create a', {volumes: []}],
	['docker ps', {container: null, names: [], files: []}],
];
for (const [line, expected] of makes) {
	test.serial(`what \`${line}\` makes`, t => void t.like(readEffects(read(line)), expected));
}

const refused: Array<[string, RegExp]> = [
	['docker compose up -d', /may make things that clean-up does not know, so `docker compose up`/],
	['docker compose build --push', /pushes to a registry/],
	['docker compose create', /`docker compose create`/],
	['docker swarm init', /`docker swarm init`/],
	['docker context create a', /`docker context create`/],
	['docker buildx create --use', /`docker buildx create`/],
	['docker push a', /`docker push`/],
	['docker from-the-future', /`docker from-the-future`/],
	['docker constructor', /`docker constructor`/],
	['docker build --push -t a .', /pushes to a registry/],
	['docker buildx bake --push', /pushes to a registry/],
	['docker build -o type=registry,name=a .', /pushes to a registry/],
	['docker build -o ../out .', /writes to `\.\.\/out`, outside/],
	['docker build -o app/../../out .', /outside/],
	['docker save -o /tmp/a.tar a', /writes to `\/tmp\/a\.tar`, outside/],
	['docker cp web:/a ~/a', /outside/],
	['docker -H tcp://far:2375 run a', /selects an engine itself/],
	['docker --context=far run a', /selects an engine itself/],
	['docker pull -a alpine', /pulls images whose names it does not say/],
	['docker run --cidfile id a', /has a `--cidfile`/],
	['docker run -v ./app:/app a', /lets its container write to `\.\/app`.*`:ro`/],
];
for (const [line, says] of refused) {
	test.serial(`lint refuses \`${line}\``, t => void t.regex(explainUntraceable(read(line)) ?? '', says));
}

const taken = [
	...[
		'docker ps',
		'docker --debug container ls',
		'docker rm -f web',
		'docker build -o out/deep .',
		'docker compose config',
	],
	...[
		'docker run -v data:/x -v ./app:/app:ro a',
		'docker run -v /var/run/docker.sock:/var/run/docker.sock a',
	],
	...['docker build -o app/../out .', 'docker builder prune', 'docker network connect a b', 'docker save a'],
];
for (const line of taken) {
	test.serial(`lint takes \`${line}\``, t => void t.is(explainUntraceable(read(line)), null));
}
