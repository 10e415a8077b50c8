import test from 'ava';
import {variableName} from '../../source/text/variable-name.js';

test('Windows has one variable where others have two', t => {
	t.is(variableName('Path', 'win32'), 'PATH');
	t.is(variableName('docker_buildkit', 'win32'), 'DOCKER_BUILDKIT');
	t.is(variableName('Path', 'linux'), 'Path');
});
