"""How often the trained network is right on images it has never seen, and what it confuses."""

from genfigs.experiments import Study, Value
from genfigs.network.evaluation import evaluate


def measure(study: Study) -> dict[str, Value]:
    """Return accuracies (from 0 to 1), counts, and the confusion matrix (true classes by answers)."""
    result = evaluate(study.network, study.params, study.dataset.test)
    names = study.dataset.class_names
    mistakes = [
        (count, true, answer)
        for true, row in enumerate(result.confusion)
        for answer, count in enumerate(row)
        if true != answer
    ]
    most, true, answer = max(mistakes, key=lambda mistake: mistake[0])
    return {
        "test": result.accuracy,
        "count": result.count,
        "mistakes": sum(count for count, _, _ in mistakes),
        "per_class": list(result.per_class),
        "confusion": [list(row) for row in result.confusion],
        "most_confused": f"{names[true]} taken for {names[answer]}",
        "most_confused_count": most,
    }
