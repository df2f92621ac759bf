// One request, recorded step by step. The texts of bytes are escaped already.

export interface Cancelled {
    sent: string;
    applied: string[];  // the commands that have taken effect all the same
    note?: string;
}

export interface Step {
    step: number;
    task: string;
    file: string;
    line: number;
    source: string;
    waits_for?: string;
    received: string;
    sent: string;
    note?: string;
    cancelled?: Cancelled;
}

export interface Run {
    title: string;
    request: string;
    steps: Step[];
}

export interface Recording {
    runs: Run[];
}
