import {testPodmans} from './on-podman.js';

testPodmans(['podman5.4', 'podman5.4-docker']);
