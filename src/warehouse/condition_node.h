// condition_node: the tree of a condition, between the parser and the evaluation.
#ifndef WAREHOUSE_CONDITION_NODE_H
#define WAREHOUSE_CONDITION_NODE_H
#include "warehouse/condition.h"

typedef enum { CLASS_NULL, CLASS_NUMBER, CLASS_TEXT } Class;

typedef enum {
    NODE_COLUMN,
    NODE_LITERAL,
    NODE_NOT,
    NODE_AND,
    NODE_OR,
    NODE_COMPARE,
    NODE_IS,
    NODE_IN,
    NODE_ARITHMETIC,
    NODE_COALESCE,
    NODE_NULLIF,
    NODE_DATE,
    NODE_WEEKDAY,
} NodeKind;

typedef enum {
    OP_EQ,
    OP_NE,
    OP_LT,
    OP_LE,
    OP_GT,
    OP_GE,
    OP_ADD,
    OP_SUB,
    OP_MUL,
    OP_DIV,
    OP_MOD
} Op;

typedef struct Node {
    NodeKind kind;
    Class class;
    Op op;
    size_t column;
    Value literal;
    const struct Node **args;
    size_t count;
} Node;
#endif
