<?php
// The history page in PHP: who is logged in, their ten newest interviews, a template.
function h($text) {
	return htmlspecialchars((string)$text);
}

$frame = getenv('BENCH_FRAME');
$database = new PDO('sqlite:' . getenv('VIVA_VAR') . '/viva.db', null, null,
	[PDO::ATTR_PERSISTENT => true, PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC]);
$find = $database->prepare('SELECT u.id, u.username, u.language FROM web_sessions s JOIN users u ON u.id = s.user_id
	WHERE s.token_hash = ? AND s.expires_at > ? AND u.disabled_at IS NULL');
$find->execute([bin2hex(sodium_crypto_generichash($_COOKIE['viva_session'] ?? '')), (int)(microtime(true) * 1000)]);
$user = $find->fetch();
if (!$user) {
	header('Location: /login');
	exit;
}
$find = $database->prepare('SELECT count(*) AS number FROM interviews WHERE owner_id = ?');
$find->execute([$user['id']]);
$count = $find->fetch()['number'];
$find = $database->prepare('SELECT i.id, o.title_en AS role, i.type, i.level, i.status, i.language, i.created_at,
	r.total_score, r.max_score FROM interviews i JOIN roles o ON o.id = i.role_id LEFT JOIN reports r ON r.interview_id = i.id
	WHERE i.owner_id = ? ORDER BY i.created_at DESC, i.id DESC LIMIT 10');
$find->execute([$user['id']]);
header('Cache-Control: no-store');
readfile("$frame/head.html");
foreach ($find as $number => $row):
	$date = gmdate('d.m.Y H:i', intdiv($row['created_at'], 1000));
	$nonce = bin2hex(random_bytes(16));
?>
<tr>
<td class="pick"><label><input type="checkbox" form="compare" name="i<?= $number + 1 ?>" value="<?= h($row['id']) ?>"><span>Compare<span class="unseen">: <?= h($row['role']) ?>, <?= $date ?></span></span></label></td>
<td class="row-title"><b><?= h($row['role']) ?></b> <small><?= $date ?> · <?= h($row['type']) ?> · <?= h($row['level']) ?> · <?= h($row['language']) ?></small></td>
<td class="where"><?= h($row['status']) ?></td>
<td data-label="Score"><b class="nowrap"><?= h($row['total_score']) ?> / <?= h($row['max_score']) ?></b></td>
<td class="row-actions">
<div class="buttons">
<a class="button small secondary" href="/reports/<?= h($row['id']) ?>">Open</a>
<a class="button small" href="/reports/<?= h($row['id']) ?>/report.txt" download>Report</a>
<form class="again" method="post" action="/interviews/<?= h($row['id']) ?>/retry" data-once><input type="hidden" name="csrf" value="<?= $nonce ?>">
<input type="hidden" name="nonce" value="<?= $nonce ?>">
<button class="small secondary" name="questions" value="all">Retry all</button>
<button class="small secondary" name="questions" value="mistakes">Practise mistakes</button>
</form>
<a class="delete" href="/history/<?= h($row['id']) ?>/delete">Delete<span class="unseen">: <?= h($row['role']) ?>, <?= $date ?></span></a>
</div>
</td>
</tr>
<?php endforeach;
readfile("$frame/tail.html");
