import test from 'ava';
import {inDialect} from '../../source/workshop/dialect.js';
import type {Dialect} from '../../source/workshop/model.js';

const shown = test.macro({
	exec: (t, command: string, dialect: Dialect, expected: string) =>
		t.is(inDialect(command, dialect), expected),
	title: (_, command, dialect) => `\`${command}\` in ${dialect}`,
});

test(shown, 'export DOCKER_BUILDKIT=0', 'sh', 'export DOCKER_BUILDKIT=0');
test(shown, 'export DOCKER_BUILDKIT=0', 'powershell', "$env:DOCKER_BUILDKIT='0'");
test(shown, 'export DOCKER_BUILDKIT=0', 'cmd', 'set DOCKER_BUILDKIT=0');
test(shown, 'curl localhost:8050', 'powershell', 'curl.exe localhost:8050');
test(shown, 'curl localhost:8050', 'cmd', 'curl localhost:8050');
test(shown, 'docker run curlimages/curl', 'powershell', 'docker run curlimages/curl');
