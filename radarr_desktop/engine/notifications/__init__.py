"""Events become notices, and notices reach people."""
