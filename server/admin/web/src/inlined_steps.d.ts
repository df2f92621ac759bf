// The build puts the recording here.
declare module 'inlined-steps' {
    import type { Recording } from './steps/format';

    const recording: Recording;
    export default recording;
}

declare module '*.css';
