import test from 'ava';
import {findUnfitCommand, inBackground} from '../../source/docker/answer-commands.js';

const split = (lines: string) => lines.split('; ').map(line => line.split(' '));

for (const lines of [
	'docker run -d -p 5000 whoami -port 5000',
	'docker container run --rm -e A=b --network none whoami',
	'docker build -t whoami -f lab/Dockerfile --target final --build-arg A=b ./lab',
	'docker buildx build lab',
	'docker run -d --name one whoami; docker stop one; docker rename one two; docker rm -f two',
	'docker create --name one whoami; docker start one; docker restart -t 1 one; docker kill one',
]) {
	test.serial(`may run: ${lines}`, t => {
		t.is(findUnfitCommand(split(lines)), null);
	});
}

for (const [lines, why, what = ''] of [
	['sh -c id', 'noDocker'],
	['sudo docker ps', 'noDocker'],
	['/tmp/docker run whoami', 'noDocker'],
	['docker -H tcp://other:2375 run whoami', 'otherEngine'],
	['docker --context other run whoami', 'otherEngine'],
	['docker buildx --builder other build .', 'otherEngine'],
	['docker system prune -af', 'verb', 'system prune'],
	['docker volume rm data', 'verb', 'volume rm'],
	['docker exec one id', 'verb', 'exec'],
	['docker cp one:/etc ./lab', 'verb', 'cp'],
	['docker push mine', 'verb', 'push'],
	['docker compose up', 'verb', 'compose up'],
	['docker tag alpine:3.13 mine', 'verb', 'tag'],
	['docker run -v /:/host alpine:3.13', 'flag', 'volume'],
	['docker run --mount type=bind,src=/,dst=/host alpine:3.13', 'flag', 'mount'],
	['docker run --privileged alpine:3.13', 'flag', 'privileged'],
	['docker run --pid host alpine:3.13', 'flag', 'pid'],
	['docker run --net host alpine:3.13', 'flag', 'network=host'],
	['docker run --network container:db alpine:3.13', 'flag', 'network=container:db'],
	['docker run --env-file /etc/shadow alpine:3.13', 'flag', 'env-file'],
	['docker run --cidfile /etc/x alpine:3.13', 'flag', 'cidfile'],
	['docker run --never-heard-of alpine:3.13', 'invalid'],
	['docker build -o /etc lab', 'flag', 'output'],
	['docker build --iidfile /etc/x lab', 'flag', 'iidfile'],
	['docker build --secret id=a,src=/etc/shadow lab', 'flag', 'secret'],
	['docker build --build-context a=/etc lab', 'flag', 'build-context'],
	['docker build /etc', 'outside', '/etc'],
	['docker build lab/../..', 'outside', 'lab/../..'],
	['docker build https://example.org/x.git', 'outside', 'https://example.org/x.git'],
	['docker build -', 'outside', '-'],
	['docker build -f /etc/passwd lab', 'outside', '/etc/passwd'],
	['docker build C:\\', 'outside', 'C:\\'],
	['docker rm -f db', 'notOwn', 'db'],
	['docker run -d --name one whoami; docker rm -f one db', 'notOwn', 'db'],
	['docker rename db one', 'notOwn', 'db'],
] as const) {
	test.serial(`must not run: ${lines}`, t => {
		const commands = split(lines);
		t.deepEqual(findUnfitCommand(commands), {argv: commands.at(-1) ?? [], refusal: {why, what}});
	});
}

for (const [line, expected] of [
	['docker run whoami -d', 'docker run --detach whoami -d'],
	['docker container run --rm whoami', 'docker container run --detach --rm whoami'],
	['docker run -d whoami', 'docker run -d whoami'],
	['docker build lab', 'docker build lab'],
] as const) {
	test.serial(`in the background: ${line}`, t => {
		t.is(inBackground(line.split(' ')).join(' '), expected);
	});
}
