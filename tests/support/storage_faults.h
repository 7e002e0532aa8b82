// storage_faults: lets the n-th call that changes the disk fail, or kill the process there.
//
// storage_faults.c defines write, pwrite, fsync, ftruncate, unlink, rename and link in the test's
// own executable, where they stand before those of the C library, also for SQLite. Nothing is
// counted before storage_faults_arm.
#ifndef SUPPORT_STORAGE_FAULTS_H
#define SUPPORT_STORAGE_FAULTS_H
#include <stdbool.h>

typedef enum { FAULT_KILL, FAULT_ONCE, FAULT_FROM_THEN_ON } FaultKind;
void storage_faults_arm(FaultKind kind, int nth, int with_errno); // nth: 1 = the next call
bool storage_faults_disarm(void);                                 // was the n-th call reached?
#endif
