import test from 'ava';
import {normalizeVariableName} from '../../source/text/shell-commands.js';

test('Windows has one variable where others have two', t => {
	t.is(normalizeVariableName('Path', 'win32'), 'PATH');
	t.is(normalizeVariableName('docker_buildkit', 'win32'), 'DOCKER_BUILDKIT');
	t.is(normalizeVariableName('Path', 'linux'), 'Path');
});
